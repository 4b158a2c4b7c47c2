"""What a reader chose for themselves: language and large text, kept in a cookie on this device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gezhi.faces.shell.login.views import wanted_page

_YEAR = 365 * 24 * 3600
SIZE_COOKIE = "gezhi_size"


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read in this language from now on; an unknown one changes nothing."""
    response = HttpResponseRedirect(wanted_page(request) or "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
def size(request: HttpRequest) -> HttpResponse:
    """Large text 长辈版 on or off on this device."""
    response = HttpResponseRedirect(wanted_page(request) or "/")
    _keep(response, SIZE_COOKIE, "large" if request.POST.get("size") == "large" else "usual")
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.PRODUCTION,
    )
