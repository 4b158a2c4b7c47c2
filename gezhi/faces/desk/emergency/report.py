"""The report of an emergency on A4: printed, or saved as PDF by the browser."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.emergency.listing import line_of
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.moments import span
from gezhi.faces.shell.parts import Fact
from gezhi.ground.accounts.queries import names
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.work.emergency import queries
from gezhi.work.emergency.queries import CaseCounts


@require_GET
@staff_only(Right.SEE_EMERGENCY)
def report(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """What happened, from the switch to the end; while it is on, so far."""
    viewer = viewer_in(request)
    row = queries.get(viewer, emergency_id)
    line = line_of(row)
    cases = queries.cases_within(viewer, row)
    counts = queries.counts_of(row, cases)
    printed = queries.printed(row, cases, counts.major)
    call = queries.latest_call(row)
    grids = queries.grids_of(viewer, row, call)
    who = names({pk for pk in (row.on_by, row.off_by) if pk})
    now = clock.now()
    facts: list[tuple[str, Any]] = [
        (_("区域"), line.area),
        (_("预案"), line.plan),
        (_("缘由"), row.words),
        (_("打开"), f"{_moment(row.on_at)} {who.get(row.on_by, '')}"),
        (_("关闭"), f"{_moment(row.off_at)} {who.get(row.off_by or 0, '')}"
         if row.off_at else _("还没有关闭")),
        (_("历时"), span((row.off_at or now) - row.on_at)),
        (_("事件"), _counted(counts, queries.kept_count(viewer, row, ended=True))),
        (_("最后一轮点名"), _("第 %(round)d 轮：平安 %(safe)d，有事 %(trouble)d，未报 %(silent)d") % {
            "round": call.number if call else 0,
            **{state: sum(one.state == state for one in grids)
               for state in ("safe", "trouble", "silent")},
        }),
    ]  # fmt: skip
    context = {
        "line": line,
        "facts": [Fact(name, value) for name, value in facts],
        "cases": queries.lines_of(viewer, row, printed),
        "cases_left": counts.all - len(printed),
        "grids": grids,
        "crew": queries.crew_of(row),
        "log": queries.log_of(viewer, row),
        "printed_at": now,
    }
    return render(request, "desk/emergency/report.html", context)


def _counted(counts: CaseCounts, kept: int) -> str:
    said = _("%(all)d 件，办完 %(done)d 件，重大 %(major)d 件") % asdict(counts)
    if kept:
        said += _("；另有保密事项 %(number)d 件，不在数里") % {"number": kept}
    return said


def _moment(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}"
