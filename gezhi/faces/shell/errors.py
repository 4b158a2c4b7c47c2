"""Answers for what went wrong: said in the reader's language, with what to do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Refusal, Unseen


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program: the open interface answers in JSON only."""
    return request.path.startswith("/api/")


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal that no page caught, as a page or as JSON with its own status."""
    if wants_json(request):
        return JsonResponse(
            {"code": refusal.code, "message": str(refusal.message), "field": refusal.field},
            status=refusal.status,
            json_dumps_params={"ensure_ascii": False},
        )
    if isinstance(refusal, Unseen):
        return not_found(request)
    return render(request, "409.html", {"refusal": refusal}, status=refusal.status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for what does not exist and for what is not the viewer's."""
    if wants_json(request):
        return JsonResponse(
            {"code": "not_found", "message": _("没有找到")},
            status=404,
            json_dumps_params={"ensure_ascii": False},
        )
    # Nothing in the rail is where the reader is.
    request.menu_at = ""  # type: ignore[attr-defined]
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: reload and send again, drafts are kept."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What was sent could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not shown: to a viewer a thing without right does not exist."""
    return not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; nothing was stored by halves."""
    if wants_json(request):
        return JsonResponse({"code": "server_error"}, status=500)
    return render(request, "500.html", status=500)
