"""What every request passes: the language, the viewer, refusals turned into answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from gezhi.faces.shell.errors import refused
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import queries as posts

Handler = Callable[[HttpRequest], HttpResponse]


class GezhiRequest(HttpRequest):
    """A request after the middleware: it knows its viewer."""

    viewer: Viewer


def viewer_in(request: HttpRequest) -> Viewer:
    """The viewer the middleware built for this request."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


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
        request.viewer = posts.viewer_of(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal no page caught becomes a page (or JSON) with its status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refusal) else None
