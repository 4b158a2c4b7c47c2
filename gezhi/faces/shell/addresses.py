"""Addresses of pages: by their names, remembered, for a list asks for thirty of them; and as people
type them."""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, get_urlconf, is_valid_path, reverse
from django.utils.encoding import iri_to_uri

from gezhi.faces.shell.errors import wants_json


def address(name: str, *arguments: str) -> str:
    """As Django's `reverse`, for what a page asks many times; raises NoReverseMatch."""
    return _address(get_urlconf(), get_script_prefix(), name, arguments)


@lru_cache(maxsize=4096)
def _address(_urlconf: str | None, _prefix: str, name: str, arguments: tuple[str, ...]) -> str:
    return reverse(name, args=arguments)


class NoSlashMiddleware:
    """Leads from /track/ to /track: who types an address does not know which end with a slash.

    The other way round, Django's own middleware does it. Not for programs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        meant = request.path_info.rstrip("/")
        is_typed = meant and meant != request.path_info and not wants_json(request)
        # Two slashes at the beginning would be another house.
        if not is_typed or meant.startswith("//") or is_valid_path(request.path_info):
            return response
        if not is_valid_path(meant):
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(iri_to_uri(meant) + (f"?{query}" if query else ""))
