"""今日: what waits for this worker, soonest first, and what becomes of the grid's cases."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gezhi.faces.pocket import registry
from gezhi.faces.pocket.frame import frame, grid_words, workers_only
from gezhi.faces.shell.deadlines import color_of, due_words
from gezhi.faces.shell.duty import duty_line
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Tag
from gezhi.faces.shell.tags import tags
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CaseRow

SOONEST = 5
# A question of a restricted case was answered, which the worker sees no more.
_DONE = re.compile(r"verify-[0-9]{21}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: the case, what it is called, what the worker is wanted for."""

    row: CaseRow
    title: str
    color: str
    due_words: str
    badges: tuple[Tag, ...] = ()


def _lines(rows: list[CaseRow], wanted: str = "") -> list[Line]:
    first = (Tag(wanted, "open"),) if wanted else ()
    return [
        Line(row, row.title, color_of(row), due_words(row), (*first, *tags(row))) for row in rows
    ]


@require_safe
@workers_only
def today(request: HttpRequest) -> HttpResponse:
    """At most five to-dos: questions of the centre and work to be checked, soonest first."""
    viewer = viewer_in(request)
    waiting = _lines(cases.listing(viewer, "questions").rows, _("请您核实"))
    waiting += _lines(cases.listing(viewer, "inspections").rows, _("请您核查"))
    waiting.sort(key=lambda line: (line.row.due_at is None, line.row.due_at))
    shown = {line.row.number for line in waiting}
    running = [
        row for row in cases.listing(viewer, "open").rows if row.number not in shown
    ]  # fmt: skip
    context = frame(
        request,
        lines=waiting[:SOONEST],
        more=len(waiting) - SOONEST,
        running=_lines(running[:SOONEST]),
        place_words=grid_words(viewer),
        duty=duty_line(viewer),
        pieces=registry.pieces(viewer),
        done=request.GET.get("done", "") if _DONE.fullmatch(request.GET.get("done", "")) else "",
    )
    return render(request, "pocket/today/today.html", context)


@require_safe
@workers_only
def checks(request: HttpRequest) -> HttpResponse:
    """核查: others' work in this grid that wants somebody to look at it."""
    listing = cases.listing(viewer_in(request), "inspections", after=request.GET.get("after", ""))
    context = frame(request, lines=_lines(listing.rows), after=listing.after)
    return render(request, "pocket/today/checks.html", context)


@require_safe
@workers_only
def mine(request: HttpRequest) -> HttpResponse:
    """我报的: what became of what this worker reported."""
    listing = cases.reported_by(viewer_in(request), after=request.GET.get("after", ""))
    context = frame(request, lines=_lines(listing.rows), after=listing.after)
    return render(request, "pocket/today/mine.html", context)
