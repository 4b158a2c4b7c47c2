"""What every request passes: the language, the viewer, refusals turned into answers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from gezhi.faces.shell.errors import answer_program, bad_request, refused, wants_json
from gezhi.ground.accounts.models import User
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import queries as posts

Handler = Callable[[HttpRequest], HttpResponse]
# What encodeURIComponent of a browser leaves as it is.
_UNESCAPED = "-_.!~*'()"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class GezhiRequest(HttpRequest):
    """A request after the middleware: it knows its viewer."""

    viewer: Viewer


def viewer_in(request: HttpRequest) -> Viewer:
    """The viewer the middleware built for this request."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined] # ours
    return viewer


def own_account(request: HttpRequest) -> User:
    """The account of whoever is logged in; behind `login_required`, TypeError for anybody else."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is logged in")
    return request.user


class ProgramMiddleware:
    """Whatever fails below /api/, a program gets it as JSON in the one form it was promised.

    Outermost of those that answer: also what another middleware, the framework's 405 or a page of
    errors says comes through here.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not wants_json(request):
            return response
        if response.headers.get("Content-Type", "").startswith("application/json"):
            return response
        answer = answer_program(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer


class DownloadedMiddleware:
    """Tells the page that sent a form that the answer was saved as a file: it stands where it stood,
    and its form is free again (forms.js). A cookie of a minute, which says the address and no more.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        disposition = response.headers.get("Content-Disposition", "")
        if request.method == "POST" and disposition.startswith("attachment"):
            response.set_cookie(
                "downloaded",
                quote(request.path, safe=_UNESCAPED),
                max_age=60,
                samesite="Strict",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


class WholeTextMiddleware:
    """Takes U+0000 out of everything a request brings: no text holds it, PostgreSQL refuses it.

    Before any other looks at the request. An address with it exists nowhere (400).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            return bad_request(request)
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)
        for name, value in request.COOKIES.items():
            if "\x00" in value:
                request.COOKIES[name] = ""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """The fields of a form; a program's body is left alone: it is read by the interface."""
        if request.method != "POST" or wants_json(request):
            return
        if request.content_type in _FORMS:
            values = (value for row in request.POST.lists() for value in row[1])
            if any("\x00" in str(value) for value in values):
                request.POST = _without_nul(request.POST)


def _without_nul(sent: QueryDict) -> Any:
    clean = QueryDict(mutable=True)
    for name, values in sent.lists():
        clean.setlist(
            name.replace("\x00", ""), [str(value).replace("\x00", "") for value in values]
        )
    clean._mutable = False
    return clean


class LanguageMiddleware:
    """Chinese unless the reader chose otherwise; a browser's own language decides nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ViewerMiddleware:
    """Builds the viewer once; every page hands it to queries and actions."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = posts.viewer_of(request.user)  # type: ignore[attr-defined] # ours
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal no page caught becomes a page (or JSON) with its status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refusal) else None
