"""Deeds that ask before they are done: a page with the question, its answer, and back to the list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gezhi.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Question:
    """What the page asks: what will happen (`title`), what it means (`text`), the button (`deed`)."""

    title: str
    text: str
    deed: str
    done: str
    back_url: str
    kind: str = "danger"


def asked_first(
    request: HttpRequest, question: Question, act: Callable[[], object]
) -> HttpResponse:
    """GET asks; POST acts and leads back, saying that it was done or why it was refused."""
    if request.method == "GET":
        context = {
            "title": question.title,
            "text": question.text,
            "deed": question.deed,
            "kind": question.kind,
            "back_url": question.back_url,
        }
        return render(request, "shell/confirm.html", context)
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, question.done)
    return HttpResponseRedirect(question.back_url, status=303)
