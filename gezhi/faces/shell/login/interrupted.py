"""A log-in that ran out in the middle of work: nothing that was typed is lost.

The page that stands open stays, and the log-in opens over it in a frame (`log_in_over.js`): the
same person, or another with their own rights, goes on with the same words, photos and key. Without
script the answer shows what was written, to be copied.
"""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell.htmx import log_in_over
from gezhi.faces.shell.login.over import over_url
from gezhi.faces.shell.written import written

# What may stand in a frame of our own pages, and in no other: the way from log-in to `logged_in`.
_FRAMED = (
    "account_login",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "shell:password",
    "shell:logged_in",
)


def interrupted(request: HttpRequest, name: str, before: str) -> HttpResponse:
    """The answer where a page of the log-in comes first; `before` is where it leads afterwards.

    htmx opens it over the page, a form's words come back on a page of their own (401), anything
    else is led there.
    """
    if request.headers.get("HX-Request"):
        return log_in_over(over_url(name))
    url = reverse(name) + (f"?{urlencode({'next': before})}" if before else "")
    words = written(request)
    if words:
        context = {"written": words, "login_url": url}
        return render(request, "401_written.html", context, status=401)
    return HttpResponseRedirect(url)


@never_cache
@login_required
@require_GET
def logged_in(request: HttpRequest) -> HttpResponse:
    """The end of the log-in in the frame: tells the page around it its new token and who it is."""
    return render(request, "shell/login/logged_in.html")


@never_cache
@require_http_methods(["GET", "POST"])
def alive(request: HttpRequest) -> HttpResponse:
    """Whether a form would be taken now: 204, or 401 where a log-in comes first.

    Asked by POST with the token of the form, it is 403 where that token is of an older log-in.
    """
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


def let_be_framed(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let a page of the log-in stand in a frame of our own; every other page stands in none."""
    match = request.resolver_match
    if match is not None and match.view_name in _FRAMED:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        # Read by django-csp; it takes the place of the 'none' of every page.
        setattr(response, "_csp_replace", {"frame-ancestors": ["'self'"]})  # noqa: B010 - no attribute of its class
