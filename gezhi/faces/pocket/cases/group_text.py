"""发群的话 of one case, to copy from the phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gezhi.faces.pocket.frame import frame, workers_only
from gezhi.faces.shell.group_text import words_of
from gezhi.faces.shell.middleware import viewer_in


@require_safe
@workers_only
def group_text(request: HttpRequest, number: str) -> HttpResponse:
    """The sentence with its short link; that it was asked for is recorded."""
    context = frame(
        request,
        words=words_of(request, viewer_in(request), number),
        case_url=reverse("pocket:case", args=[number]),
    )
    return render(request, "pocket/cases/group_text.html", context)
