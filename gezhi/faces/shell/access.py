"""Who may open a page: strangers are asked to log in, others find nothing there.

A stranger's form needs no cookie: nothing is done in anybody's name, so none is to be protected.
Django's token guards against another site that sends a form with the reader's own cookies. What a
resident sends counts for its own words and its own key, and whoever is logged in has no right more
there (`resident/stranger.py`). So it works with cookies refused, in a private window, in an old
WebView; another site is still told no where the browser names it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from gezhi.faces.shell.errors import csrf_failure
from gezhi.faces.shell.login.guard import page_before
from gezhi.faces.shell.login.interrupted import interrupted
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.origin import comes_from_elsewhere
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right

View = Callable[..., HttpResponseBase]


def posted_from(page: str, *kept: str, **fixed: str) -> Callable[[View], View]:
    """A deed at an address of its own, done by POST only and asked for on another page.

    Whoever reloads it, or comes back to it from the history, is taken to that page (a route, with
    the named parts of the address `kept` and others `fixed`): a browser knows no better than to GET it.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in ("GET", "HEAD"):
                parts = {name: kwargs[name] for name in kept} | fixed
                address = reverse(page, kwargs=parts)
                return HttpResponseRedirect(address)
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return view(request, *args, **kwargs)

        return guarded

    return guard


def needs_no_cookie(view: View) -> View:
    """A page whose form a stranger sends, with or without cookies; another site's form is refused.

    Only for views that act as a stranger: of a session nothing may count in them.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and comes_from_elsewhere(request):
            return csrf_failure(request, "another site sent it")
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def staff_only(*rights: Right) -> Callable[[View], View]:
    """A page for members of staff with one of the rights (any post when none is named).

    A stranger is sent to log in and comes back; staff without the right get the same answer as for
    a page that does not exist (Unseen), so that no address tells what others may do.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_to_log_in(request)
            viewer = viewer_in(request)
            if not (viewer.may(*rights) if rights else viewer.seats):
                raise Unseen("")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    return interrupted(request, "account_login", page_before(request))
