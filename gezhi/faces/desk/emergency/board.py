"""The board of one emergency: what is open, what each grid said, who was called, what happened."""

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
from gezhi.faces.shell.parts import Tab
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.work.emergency import plans, queries

PARTS = ("cases", "grids", "major", "crew", "log")


@require_GET
@staff_only(Right.SEE_EMERGENCY)
def board(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """The part asked for by `?show=`, the open cases first; all parts have their number on a tab.

    While it is on, the board asks for itself again and gets its piece; once it is off the whole page
    comes anew and asks no more.
    """
    viewer = viewer_in(request)
    row = queries.get(viewer, emergency_id)
    show = request.GET.get("show", "")
    if show not in PARTS:
        show = PARTS[0]
    url = reverse("desk:emergency", args=[row.pk])
    own_url = f"{url}?show={show}"
    if not row.is_on and wants_part(request):
        return go_to(own_url)
    cases = queries.cases_of(viewer, row, ended=not row.is_on)
    call, grids = queries.grids_of(row)
    crew = queries.crew_of(row)
    major = [line for line in cases if line.is_major]
    commands = row.is_on and queries.may_switch(viewer, row.street_id, row.community_id)
    plan = plans.plan(row.plan_code, row.pack_id)
    silent = sum(not line.said for line in grids)
    names = {
        "cases": (_("急事") if row.is_on else _("事件"), len(cases)),
        "grids": (_("未报"), silent),
        "major": (_("重大"), len(major)),
        "crew": (_("队伍"), None),
        "log": (_("日志"), None),
    }
    context = {
        "line": line_of(row),
        "asks": plan.asks if plan else "",
        "show": show,
        "tabs": [Tab(name, f"{url}?show={key}", number, key == show)
                 for key, (name, number) in names.items()],
        "cases": [(one, case_line(one.row)) for one in (major if show == "major" else cases)],
        "call": call,
        "grids": grids,
        "counts": {state: sum(one.state == state for one in grids)
                   for state in ("safe", "trouble", "silent")},
        "crew": crew,
        "log": list(reversed(queries.log_of(viewer, row))) if show == "log" else [],
        "commands": commands,
        "own_url": own_url,
        "shown_at": f"{clock.local(clock.now()):%H:%M:%S}",
        "own_call": queries.crew_waiting(viewer, row) if row.is_on else None,
    }  # fmt: skip
    return page(request, "desk/emergency/board.html", context, part="desk/emergency/_live.html")
