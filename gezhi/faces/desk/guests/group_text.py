"""发群的话 of one to-do, to copy from the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.group_text import words_of
from gezhi.faces.shell.middleware import viewer_in


@require_GET
@staff_only()
def group_text(request: HttpRequest, number: str) -> HttpResponse:
    """The sentence with its short link; that it was asked for is recorded. Unseen for a case the
    viewer may not see."""
    context = {
        "words": words_of(request, viewer_in(request), number),
        "case_url": reverse("desk:case", args=[number]),
    }
    return render(request, "desk/guests/group_text.html", context)
