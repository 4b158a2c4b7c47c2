"""可能是同一件事: the open cases a caller may be speaking of; joining one is a press. And what the
knowledge base answers to what he asks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gezhi.faces.desk.cases.likeness import SHOWN, how_likely
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.knowledge.queries import for_case
from gezhi.work.triage.queries import LikelyCase, similar_to


@dataclass(frozen=True, slots=True)
class CallLine:
    """One open case a caller may be speaking of; its `number` is what joining it takes."""

    number: str
    title: str
    url: str
    compound_name: str
    class_name: str
    days: int
    how: str


@sensitive_post_parameters("text")
@require_POST
@staff_only(Right.TAKE_IN)
def of_call(request: HttpRequest) -> HttpResponse:
    """The open cases a caller may be speaking of and what answers him, while he speaks (htmx)."""
    return render(request, "desk/intake/_alike.html", call_context(viewer_in(request), request))


def call_context(viewer: Viewer, request: HttpRequest) -> dict[str, Any]:
    """The same for a page drawn whole, for browsers without script."""
    text = request.POST.get("text", "")[:4000]
    words = request.POST.get("place_words", "").strip()[:200]
    if not text.strip() or viewer.district_id is None:
        return {"alike_asked": False, "alike": [], "articles": []}
    found = similar_to(
        viewer,
        viewer.district_id,
        text,
        place_words=words,
        **_where(request.POST.get("place_id", "")),
    )
    return {
        "alike_asked": True,
        "alike": [_call_line(one) for one in found[:SHOWN]],
        "articles": for_case(viewer, text),
    }


def _where(typed: str) -> dict[str, Any]:
    """Compound and point of a chosen place; nothing for what is no place."""
    place_id = typed_id(typed)
    if place_id is None:
        return {}
    try:
        found = places.location_of_place(place_id)
    except Unseen:
        return {}
    return {"compound_id": found.compound_id or place_id}


def _call_line(one: LikelyCase) -> CallLine:
    return CallLine(
        number=one.number,
        title=one.title or one.summary or one.class_name or one.number,
        url=reverse("desk:case", args=[one.number]),
        compound_name=one.compound_name,
        class_name=one.class_name,
        days=one.days,
        how=how_likely(one.percent, one.merge),
    )
