"""Whether a page is read in large text: as chosen on this device, else as the account keeps it."""

from django.http import HttpRequest

from gezhi.ground.accounts.models import User

SIZE_COOKIE = "gezhi_size"


def is_large(request: HttpRequest) -> bool:
    """Large text 长辈版; what was chosen on the device last wins over the account."""
    chosen = request.COOKIES.get(SIZE_COOKIE, "")
    if chosen:
        return chosen == "large"
    user = getattr(request, "user", None)
    return isinstance(user, User) and user.large_text
