"""Limits, figures and classes with limits of their own: read by all staff, changed by one."""

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


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One stage with its limit by urgency, in words."""

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
