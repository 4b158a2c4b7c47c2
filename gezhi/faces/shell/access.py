"""Who may open a page: strangers are asked to log in, others find nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from gezhi.faces.shell.htmx import go_to
from gezhi.faces.shell.login.guard import page_before
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Role

View = Callable[..., HttpResponseBase]


def staff_only(*roles: Role) -> Callable[[View], View]:
    """A page for members of staff with one of the roles (any post when none is named).

    A stranger is sent to log in and comes back; staff without the role get the same answer as for
    a page that does not exist (Unseen), so that no address tells what others may do.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_to_log_in(request)
            viewer = viewer_in(request)
            if not (viewer.has(*roles) if roles else viewer.seats):
                raise Unseen("")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    before = page_before(request)
    url = str(settings.LOGIN_URL) + (f"?{urlencode({'next': before})}" if before else "")
    if request.headers.get("HX-Request"):
        return go_to(url)
    return HttpResponseRedirect(url)
