"""The first page of a day: what waits for me, what turns red first, how my area stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.lines import lines, with_query
from gezhi.faces.desk.queues.lists import INTAKE_ROLES
from gezhi.faces.desk.triage.topics import digest
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.menu import entries_for
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.viewer import Role, Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import desk

OVERSEEING = (Role.LEADER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One community's figures, each with the list it counts."""

    name: str
    open: int
    open_url: str
    overdue: int
    overdue_url: str
    ended: int
    ended_url: str


@require_GET
@staff_only()
def home(request: HttpRequest) -> HttpResponse:
    """My queues with what waits, what turns red first, and for who oversees the area's figures."""
    viewer = viewer_in(request)
    menu = entries_for(viewer, request.path)
    own = {reverse("desk:queue", args=[queue.name]) for queue in cases.queues_for(viewer)}
    queues = [entry for entry in menu if entry.url in own]
    oversees = viewer.has(*OVERSEEING)
    has_own = any(queue.own for queue in cases.queues_for(viewer))
    context = {
        "menu": menu,
        "queues": queues,
        "late_url": reverse("desk:queue", args=["overdue"]),
        "has_own": has_own,
        "soonest": lines(desk.soonest(viewer)) if has_own else [],
        "areas": area_lines(viewer) if oversees else [],
        "topics": digest(viewer) if oversees else [],
        "oversees": oversees,
        "confidential": cases.confidential_count(viewer) if oversees else 0,
        "takes_calls": viewer.has(*INTAKE_ROLES),
        "figure_days": desk.FIGURE_DAYS,
    }
    return render(request, "desk/home/home.html", context)


def area_lines(viewer: Viewer) -> list[AreaLine]:
    """The figures of the viewer's area by community, the whole of it first."""
    figures = desk.figures(viewer)
    found = [
        AreaLine(
            name=_("全部"),
            open=sum(row.open for row in figures),
            open_url=_list_url("open", {}),
            overdue=sum(row.overdue for row in figures),
            overdue_url=_list_url("overdue", {}),
            ended=sum(row.ended for row in figures),
            ended_url=_list_url("ended", {"days": desk.FIGURE_DAYS}),
        )
    ]
    # What lies in no community comes last: the rows add up to the whole.
    for row in sorted(figures, key=lambda row: row.community_id is None):
        where: dict[str, object] = {"community": row.community_id or cases.IN_NO_COMMUNITY}
        found.append(
            AreaLine(
                name=row.name if row.community_id else _("社区未定"),
                open=row.open,
                open_url=_list_url("open", where),
                overdue=row.overdue,
                overdue_url=_list_url("overdue", where),
                ended=row.ended,
                ended_url=_list_url("ended", where | {"days": desk.FIGURE_DAYS}),
            )
        )
    return found


def _list_url(queue: str, parameters: Mapping[str, object]) -> str:
    address = reverse("desk:queue", args=[queue])
    return with_query(address, urlencode(parameters))
