"""Limits, figures and classes with limits of their own: read by all staff, changed by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.cases.limit_words import limit_words as spoken
from gezhi.faces.desk.setup.figure_words import figure_line
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import numbered, typed_words
from gezhi.faces.shell.parts import Tab
from gezhi.ground.codes import history, queries
from gezhi.ground.codes.queries import TermRow
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.workdays import Limit, LimitUnit

NOTHING = "—"
# The levels that hand up what is late, as the packs call them.
HANDS_UP = ("community", "street")


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One stage, or one level that hands up, with its limit by urgency, in words."""

    code: str
    name: str
    note: str
    by_urgency: tuple[tuple[str, str], ...]  # the urgency and the limit


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class that may have a limit of its own, in words."""

    code: str
    name: str
    family: str
    limit: str


def limit_words(value: object, unit: object) -> str:
    """A limit of a row as the pages of a case speak it; "—" for nothing."""
    if value in (None, ""):
        return NOTHING
    return spoken(Limit(float(str(value)), LimitUnit(str(unit))))


def words_of(row: TermRow | None) -> str:
    """The limit of a stage's row in words; "—" where the pack has no row."""
    return limit_words(row.data.get("value"), row.data.get("unit")) if row else NOTHING


def stage_code(stage: str, urgency: str) -> str:
    """The code of a stage's row for an urgency: the ordinary one is the stage's own."""
    return stage if urgency == "ordinary" else f"{stage}.{urgency}"


def level_name(level: str) -> str:
    """From which level to which, also where the packs have no rule of it any more."""
    return {"community": _("社区 → 街道"), "street": _("街道 → 区")}[level]


def level_note(level: str) -> str:
    """What happens to a case of this level that stays late."""
    return {
        "community": _("社区手上的事过了时限，再过这么久还没办，自己升级到街道网格中心。"),
        "street": _(
            "街道各单位手上的事过了时限，再过这么久还没办，自己升级到街道网格中心的上级单位；"
            "没有上级单位或那里没人接手，就不升级。"
        ),
    }[level]


def _levels(urgencies: Sequence[TermRow]) -> list[LimitLine]:
    """When each level hands up, by urgency; one without a row of its own is as the ordinary one."""
    known = {row.code: row for row in queries.terms("escalations")}
    lines = []
    for level in HANDS_UP:
        ordinary = words_of(known[level]) if level in known else _("不升级")
        own = [known.get(stage_code(level, urgency.code)) for urgency in urgencies]
        words = [words_of(row) if row else ordinary for row in own]
        told = tuple(zip([urgency.label for urgency in urgencies], words, strict=True))
        lines.append(LimitLine(level, level_name(level), level_note(level), told))
    return lines


def under(request: HttpRequest) -> None:
    """Have the menu stand on 时限: the calendar and the history belong to it."""
    menu.stand_at(request, reverse("desk:setup:limits"))


def tabs(viewer: Viewer, here: str) -> list[Tab]:
    """The pages of limits; the history for whoever changes them."""
    pages = [
        (_("各环节"), reverse("desk:setup:limits")),
        (_("各类事项"), reverse("desk:setup:class_limits")),
        (_("放假和调休"), reverse("desk:setup:calendar")),
    ]
    if viewer.may(Right.SET_UP):
        pages.append((_("改动记录"), reverse("desk:setup:enactments", args=["limits"])))
    return [
        Tab(name, url, None, here.startswith(url) and _deepest(here, url)) for name, url in pages
    ]


def _deepest(here: str, url: str) -> bool:
    """The first page lies above the second: only its own address is it."""
    return here == url or url != reverse("desk:setup:limits")


@require_GET
@staff_only()
def limits(request: HttpRequest) -> HttpResponse:
    """Every stage's limit, the figures, and from which packs."""
    viewer = viewer_in(request)
    urgencies = queries.terms("urgency")
    known = {row.code: row for row in queries.terms("limits")}
    lines = [
        LimitLine(
            code=stage.code,
            name=stage.label,
            note=str(stage.data.get("note", "")),
            by_urgency=tuple(
                (urgency.label, words_of(known.get(stage_code(stage.code, urgency.code))))
                for urgency in urgencies
            ),
        )
        for stage in known.values()
        if "." not in stage.code
    ]
    context = {
        "urgencies": urgencies,
        "lines": lines,
        "levels": _levels(urgencies),
        "figures": [figure_line(row) for row in queries.terms("figures")],
        "packs": queries.packs_in_force(),
        "tabs": tabs(viewer, request.path),
        "waiting": history.waiting("limits"),
        "may_change": viewer.may(Right.SET_UP),
    }
    return render(request, "desk/setup/limits.html", context)


@require_GET
@staff_only()
def class_limits(request: HttpRequest) -> HttpResponse:
    """Classes with the limit of their handling, found by words; all, or those with one of their
    own."""
    viewer = viewer_in(request)
    words = typed_words(request)
    only_own = request.GET.get("show") != "all"
    rows = [line for line in class_lines() if _fits(line, words.split(), only_own=only_own)]
    url = reverse("desk:setup:class_limits")
    context = {
        "page": numbered(request, rows),
        "words": words,
        "only_own": only_own,
        "tabs": tabs(viewer, request.path),
        "shown": [
            Tab(_("有自己时限的"), url, None, only_own),
            Tab(_("全部类别"), f"{url}?show=all", None, not only_own),
        ],
        "waiting": history.waiting("matters"),
        "may_change": viewer.may(Right.SET_UP),
    }
    return render(request, "desk/setup/class_limits.html", context)


def class_lines() -> list[ClassLine]:
    """All classes and their families, each with its own limit in words."""
    known = {row.code: row for row in queries.terms("matters")}
    return [
        ClassLine(
            code=row.code,
            name=row.label,
            family=known[row.parent_code].label if row.parent_code in known else "",
            limit=limit_words(row.data.get("limit_value"), row.data.get("limit_unit")),
        )
        for row in known.values()
    ]


def _fits(line: ClassLine, words: list[str], *, only_own: bool) -> bool:
    said = f"{line.code} {line.name} {line.family}"
    return (not only_own or line.limit != NOTHING) and all(word in said for word in words)
