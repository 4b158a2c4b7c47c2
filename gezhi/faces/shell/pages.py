"""One decision, made once: a part of the page or the whole of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from gezhi.faces.shell.htmx import wants_part


def page(
    request: HttpRequest,
    whole: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    parts: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The template `part` when htmx asks for a piece, `whole` for everyone else.

    `parts` maps the id of htmx's target to a template, for pages with several swappable pieces;
    a target not in it gets `part`. The answer varies by the header, so that no cache, and no back
    button, ever shows a piece as if it were the page.
    """
    template = whole
    if wants_part(request):
        target = request.headers.get("HX-Target", "")
        template = (parts or {}).get(target, part) or whole
    response = render(request, template, dict(context or {}), status=status)
    if part or parts:
        patch_vary_headers(response, ["HX-Request"])
    return response
