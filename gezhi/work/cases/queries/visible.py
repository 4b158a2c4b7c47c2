"""The one door to cases: which rows a viewer may see (design §4.1)."""

from django.db.models import Q, QuerySet

from gezhi.kernel.viewer import Level, Role, Viewer
from gezhi.work.cases.models import Assignment, Case

# Roles that see every case of the area their seat covers; handlers see what their unit was sent.
AREA_ROLES = (
    Role.GRID_WORKER,
    Role.COMMUNITY_CLERK,
    Role.ACCEPTOR,
    Role.DISPATCHER,
    Role.CHECKER,
    Role.SUPERVISOR,
    Role.LEADER,
)
UNIT_ROLES = (Role.HANDLER, Role.COMMUNITY_CLERK)

_COLUMNS = {
    Level.DISTRICT: None,
    Level.STREET: "street_id",
    Level.COMMUNITY: "community_id",
    Level.GRID: "grid_id",
}


def visible_to(viewer: Viewer) -> QuerySet[Case]:
    """Cases the viewer may see by area and role, or because a unit of theirs holds or handled.

    A stranger and the three administrators see none. Filters by equality on level columns.
    """
    if viewer.is_system:
        rows = Case.objects.all()
        return rows if viewer.district_id is None else rows.filter(district_id=viewer.district_id)
    condition = Q(pk__in=[])
    for seat in viewer.seats_as(*AREA_ROLES):
        if seat.level not in _COLUMNS:
            continue
        column = _COLUMNS[seat.level]
        condition |= (
            Q(**{column: seat.area_id}) if column else Q(district_id=viewer.district_id or 0)
        )
    handling = {seat.unit_id for seat in viewer.seats_as(*UNIT_ROLES)}
    holding = {seat.unit_id for seat in viewer.seats_as(Role.ACCEPTOR, Role.DISPATCHER)}
    if handling:
        # A unit that returned a case was never the right one: it keeps no view of it.
        # Asked once for the unit, not once a case: SQLite would walk the unit's sendings each time.
        sent = Assignment.objects.filter(unit_id__in=handling, returned_at=None)
        condition |= Q(pk__in=sent.values("case_id"))
    if handling | holding:
        condition |= Q(holder_id__in=handling | holding)
    return Case.objects.filter(condition, district_id=viewer.district_id or 0)
