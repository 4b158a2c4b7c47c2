"""What waits for a grid worker: roll calls their grids have not answered, calls of a crew."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.models import Area
from gezhi.records.posts import page_queries
from gezhi.work.cases.queries import visible_to
from gezhi.work.emergency import plans
from gezhi.work.emergency.crew import SUBJECT
from gezhi.work.emergency.models import Answer, CrewCall, Emergency, RollCall
from gezhi.work.emergency.plans import Plan
from gezhi.work.emergency.queries.reach import seen_by


@dataclass(frozen=True, slots=True)
class Asked:
    """One grid asked in an emergency; `said` is what it answered last to this roll call, with the
    number of its case as long as the viewer sees that."""

    emergency: Emergency
    plan: Plan
    area: str
    grid_id: int
    grid: str
    number: int
    asked_at: datetime
    said: str
    case_number: str = ""


def asked_of(viewer: Viewer, emergency_id: int | None = None, *, over: bool = False) -> list[Asked]:
    """The grids the viewer walks in emergencies that are on, answered or not, the newest first; with
    `over` in those that are over too."""
    own = [seat.area_id for seat in viewer.seats_for(Right.WALK_GRID)]
    rows = Emergency.objects.filter(seen_by(viewer)).select_related("area")
    if not over:
        rows = rows.filter(off_at=None)
    if emergency_id is not None:
        rows = rows.filter(pk=emergency_id)
    latest = RollCall.objects.filter(emergency=OuterRef("pk")).order_by("-number").values("pk")
    found = (
        list(rows.annotate(latest=Subquery(latest[:1])).order_by("drill", "-on_at")) if own else []
    )
    if not found:
        return []
    calls = RollCall.objects.in_bulk([row.latest for row in found])
    said = {
        (one.roll_call_id, one.grid_id): one
        for one in Answer.objects.filter(roll_call__in=calls, grid__in=own)
        .select_related("case")
        .order_by("answered_at", "id")
    }
    cases = [one.case_id for one in said.values() if one.case_id]
    seen = set(visible_to(viewer).filter(pk__in=cases).values_list("pk", flat=True))
    grids = Area.objects.in_bulk(own)
    names = places.names_of(own)
    return [
        Asked(
            emergency=row,
            plan=plan,
            area=row.area.name,
            grid_id=grid_id,
            grid=names.get(grid_id, ""),
            number=call.number,
            asked_at=call.asked_at,
            said=one.said if (one := said.get((call.pk, grid_id))) else "",
            case_number=one.case.number if one and one.case and one.case_id in seen else "",
        )
        for row in found
        if (plan := plans.plan(row.plan_code, row.pack_id)) and (call := calls.get(row.latest))
        for grid_id in own
        if _lies_in(grids[grid_id], row)
    ]


@dataclass(frozen=True, slots=True)
class OwnCrewCall:
    """A call of a crew that waits for the viewer: the page, for what, as which line of the plan."""

    page_id: int
    emergency: Emergency
    plan: str
    area: str
    name: str
    called_at: datetime


def own_crew_calls(viewer: Viewer) -> list[OwnCrewCall]:
    """Calls of crews of emergencies that are on and wait for the viewer, the oldest first."""
    pages = page_queries.own_calls(viewer, SUBJECT)
    if not pages:
        return []
    rows = CrewCall.objects.filter(pk__in={one.subject_id for one in pages})
    rows = rows.filter(emergency__off_at=None)
    crews = {row.pk: row for row in rows.select_related("emergency__area")}
    found = []
    for one in pages:
        row = crews.get(one.subject_id)
        if row is None:
            continue
        emergency = row.emergency
        plan = plans.plan(emergency.plan_code, emergency.pack_id)
        found.append(
            OwnCrewCall(
                page_id=one.id,
                emergency=emergency,
                plan=plan.name if plan else emergency.plan_code,
                area=emergency.area.name,
                name=row.name,
                called_at=one.called_at,
            )
        )
    return found


def _lies_in(grid: Area, row: Emergency) -> bool:
    if row.community_id is not None:
        return grid.community_id == row.community_id
    return grid.street_id == row.street_id


def get_asked(viewer: Viewer, emergency_id: int, *, over: bool = False) -> list[Asked]:
    """The same for one emergency; Unseen where no grid of the viewer's is asked in it."""
    found = asked_of(viewer, emergency_id, over=over)
    if not found:
        raise Unseen("")
    return found
