"""可能是同一件事: what a case, or what a caller is telling, may be the same as; merging is a deed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gezhi.faces.desk.queues.lists import INTAKE_ROLES
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases.models import Case
from gezhi.work.triage.queries import SimilarCase, SimilarMatter, similar_cases, similar_to

SHOWN = 3
_LIKELY, _NEAR, _FAR = 80, 65, 35


@dataclass(frozen=True, slots=True)
class SameLine:
    """One case it may be the same as: how likely in words, what spoke for it, where to merge."""

    title: str
    url: str
    place_words: str
    class_name: str
    state: str
    reported_at: datetime
    how: str
    parts: tuple[str, ...]
    merge_url: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """One open matter a caller may be speaking of; its `number` is what joining it takes."""

    number: str
    title: str
    url: str
    compound_name: str
    class_name: str
    days: int
    how: str


def same_lines(viewer: Viewer, case: Case, *, may_merge: bool, query: str = "") -> list[SameLine]:
    """Up to three cases this one may be the same as, the likeliest first; [] where none came."""
    merge_url = reverse("desk:deed", args=[case.number, "merge"])
    return [
        SameLine(
            title=one.title or one.class_name or one.number,
            url=reverse("desk:case", args=[one.number]),
            place_words=one.place_words,
            class_name=one.class_name,
            state=one.state,
            reported_at=one.reported_at,
            how=how_likely(one.percent, one.merge),
            parts=parts_of(one),
            merge_url=f"{merge_url}?into={one.number}{'&' if query else ''}{query}"
            if may_merge and one.is_open
            else "",
        )
        for one in similar_cases(viewer, case)[:SHOWN]
    ]


def how_likely(percent: int, merge: bool) -> str:
    """As "很可能是同一件（93%）"; what is sure enough to be merged is called likely."""
    if merge:
        return _("很可能是同一件（%(percent)d%%）") % {"percent": percent}
    if percent >= _LIKELY:
        return _("可能是同一件（%(percent)d%%）") % {"percent": percent}
    return _("有点像（%(percent)d%%）") % {"percent": percent}


def parts_of(one: SimilarCase) -> tuple[str, ...]:
    """What spoke for it and what did not, each in words."""
    return (
        _("文字%(how)s像（%(percent)d%%）")
        % {"how": _("很") if one.text >= _NEAR else _("不太") if one.text < _FAR else _("有点"),
           "percent": one.text},
        _measured(one.place, _("地点近"), _("地点说不准"), _("地点远")),
        _measured(one.time, _("时间近"), _("时间隔了一阵"), _("时间隔得久")),
    )  # fmt: skip


def _measured(percent: int, near: str, between: str, far: str) -> str:
    return near if percent >= _NEAR else far if percent < _FAR else between


@sensitive_post_parameters("text")
@require_POST
@staff_only(*INTAKE_ROLES)
def of_call(request: HttpRequest) -> HttpResponse:
    """The open matters a caller may be speaking of, while he speaks (htmx)."""
    return render(request, "desk/intake/_alike.html", call_context(viewer_in(request), request))


def call_context(viewer: Viewer, request: HttpRequest) -> dict[str, Any]:
    """The same for a page drawn whole, for browsers without script."""
    text = request.POST.get("text", "")[:4000]
    words = request.POST.get("place_words", "").strip()[:200]
    if not text.strip() or viewer.district_id is None:
        return {"alike_asked": False, "alike": []}
    found = similar_to(
        viewer,
        viewer.district_id,
        text,
        place_words=words,
        **_where(request.POST.get("place_id", "")),
    )
    return {"alike_asked": True, "alike": [_call_line(one) for one in found[:SHOWN]]}


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


def _call_line(one: SimilarMatter) -> CallLine:
    return CallLine(
        number=one.number,
        title=one.title or one.summary or one.class_name or one.number,
        url=reverse("desk:case", args=[one.number]),
        compound_name=one.compound_name,
        class_name=one.class_name,
        days=one.days,
        how=how_likely(one.percent, one.merge),
    )
