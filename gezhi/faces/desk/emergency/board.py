"""The board of one emergency: what is open, what each grid said, who was called, what happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.emergency.listing import line_of
from gezhi.faces.desk.queues.lines import line as case_line
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.htmx import go_to, wants_part
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page
from gezhi.faces.shell.paging import numbered
from gezhi.faces.shell.parts import Tab
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.emergency import plans, queries
from gezhi.work.emergency.models import Emergency, RollCall
from gezhi.work.emergency.queries import CaseCounts


@dataclass(frozen=True, slots=True)
class _Board:
    """What every part of the board is made of."""

    request: HttpRequest
    viewer: Viewer
    row: Emergency
    call: RollCall | None
    counts: CaseCounts


@require_GET
@staff_only(Right.SEE_EMERGENCY)
def board(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """The part asked for by `?show=`, the open cases first; all parts have their number on a tab,
    and of each part no more than a page is read.

    While it is on, the board asks for itself again and gets its piece; once it is off the whole page
    comes anew and asks no more.
    """
    viewer = viewer_in(request)
    row = queries.get(viewer, emergency_id)
    show = request.GET.get("show", "")
    if show not in PARTS:
        show = "cases"
    url = reverse("desk:emergency", args=[row.pk])
    own_url = f"{url}?show={show}"
    if (number := request.GET.get("page", "")).isdigit():
        own_url = f"{own_url}&page={number}"
    if not row.is_on and wants_part(request):
        return go_to(own_url)
    cases = queries.board_cases(viewer, row)
    call = queries.latest_call(row)
    of = _Board(request, viewer, row, call, queries.counts_of(row, cases))
    plan = plans.plan(row.plan_code, row.pack_id)
    tabs = {
        "cases": (_("急事") if row.is_on else _("事件"), of.counts.all),
        "grids": (_("未报"), queries.silent_count(row, call)),
        "major": (_("重大"), of.counts.major),
        "crew": (_("队伍"), None),
        "log": (_("日志"), None),
    }
    context = {
        "line": line_of(row),
        "asks": plan.asks if plan else "",
        "show": show,
        "tabs": [Tab(name, f"{url}?show={key}", number, key == show)
                 for key, (name, number) in tabs.items()],
        "call": call,
        "commands": row.is_on and queries.may_switch(viewer, row.street_id, row.community_id),
        "own_url": own_url,
        "shown_at": f"{clock.local(clock.now()):%H:%M:%S}",
        "own_call": queries.crew_waiting(viewer, row) if row.is_on else None,
        **PARTS[show](of),
    }  # fmt: skip
    return page(request, "desk/emergency/board.html", context, part="desk/emergency/_live.html")


def _cases(of: _Board) -> Mapping[str, Any]:
    cases = queries.board_cases(of.viewer, of.row)
    kept = queries.kept_count(of.viewer, of.row, ended=not of.row.is_on)
    return {"kept": kept, **_lines(of, queries.pressing_first(cases), of.counts.all)}


def _major(of: _Board) -> Mapping[str, Any]:
    cases = queries.major_of(of.row, queries.board_cases(of.viewer, of.row))
    return _lines(of, queries.pressing_first(cases), of.counts.major)


def _lines(of: _Board, case_ids: Any, total: int) -> Mapping[str, Any]:
    shown = numbered(of.request, case_ids, total=total)
    lines = queries.lines_of(of.viewer, of.row, shown.rows)
    return {"page": shown, "cases": [(one, case_line(one.row)) for one in lines]}


def _grids(of: _Board) -> Mapping[str, Any]:
    grids = queries.grids_of(of.viewer, of.row, of.call)
    states = ("safe", "trouble", "silent")
    counts = {state: sum(one.state == state for one in grids) for state in states}
    return {"grids": grids, "counts": counts}


def _crew(of: _Board) -> Mapping[str, Any]:
    return {"crew": queries.crew_of(of.row)}


def _log(of: _Board) -> Mapping[str, Any]:
    shown = numbered(of.request, queries.log_rows(of.row))
    return {"page": shown, "log": queries.log_words(of.viewer, shown.rows)}


PARTS: Mapping[str, Callable[[_Board], Mapping[str, Any]]] = {
    "cases": _cases,
    "grids": _grids,
    "major": _major,
    "crew": _crew,
    "log": _log,
}
