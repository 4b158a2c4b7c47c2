"""Which browser somebody has logged in from before.

Whoever knows a staff number can type wrong passwords for it until it is locked. A browser that this
person has logged in from is therefore counted apart: strangers cannot use up its tries. Being known
gives no right but these tries of its own, five in ten minutes like everybody's.
(OWASP: Slow Down Online Guessing Attacks with Device Cookies.)
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from gezhi.ground.accounts.models import User

COOKIE = "gezhi_device"
_SALT = "gezhi.login.device"
_SECONDS = 180 * 86_400
# So many people share the PC of a community office; the one who came first is forgotten first.
_MOST = 12
_NEW = "device_to_remember"


def device_of(request: HttpRequest | None, user: User | None) -> str:
    """What this browser was given when the user logged in from it; "" for one never seen."""
    if request is None or user is None:
        return ""
    return _read(request).get(str(user.pk), "")


def remember(request: HttpRequest, user: User) -> None:
    """Let the answer to this request tell the browser that the user has logged in from it."""
    setattr(request, _NEW, user)


def tell(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie when somebody has just logged in."""
    user = getattr(request, _NEW, None)
    if user is None:
        return
    held = _read(request)
    token = held.pop(str(user.pk), "") or secrets.token_hex(12)
    kept = dict(list(held.items())[-(_MOST - 1) :]) | {str(user.pk): token}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=_SECONDS,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return {}
    return {str(user): str(token) for user, token in held.items()}
