"""应急: what is on, what is over; the same on top of the first page while one is on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.emergency import plans, queries
from gezhi.work.emergency.models import Emergency


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """One emergency as a list shows it."""

    row: Emergency
    plan: str
    area: str


def line_of(row: Emergency) -> EmergencyLine:
    """One emergency with the names of plan and area."""
    plan = plans.plan(row.plan_code, row.pack_id)
    return EmergencyLine(row, plan.name if plan else row.plan_code, row.area.name)


@require_GET
@staff_only(Right.SEE_EMERGENCY)
def emergencies(request: HttpRequest) -> HttpResponse:
    """Those of the viewer's area that are on, and the last that are over."""
    viewer = viewer_in(request)
    context = {
        "on": [line_of(row) for row in queries.running(viewer)],
        "over": [line_of(row) for row in queries.those_over(viewer)],
        "may_switch": viewer.may(Right.SWITCH_EMERGENCY),
    }
    return render(request, "desk/emergency/emergencies.html", context)


def on_now(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any] | None:
    """For the first page: those that are on, and the calls of their crews that wait for the viewer;
    None where there is none."""
    rows = queries.running(viewer)
    if not rows:
        return None
    return {"on": [line_of(row) for row in rows], "calls": queries.own_crew_calls(viewer)}
