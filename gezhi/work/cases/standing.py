"""What ties a viewer to a case for one deed; asked before doing it and before showing its button."""

from gezhi.kernel import scope
from gezhi.kernel.viewer import Level, Role, Seat, Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.assisting import open_calls, unanswered_assists
from gezhi.work.cases.inviting import Held, held
from gezhi.work.cases.models import Assignment, Case, Invitation
from gezhi.work.cases.queries import belonging
from gezhi.work.cases.rules import Mark, Rule, Standing
from gezhi.work.deeds.rules import Given


def standing_of(rule: Rule, case: Case, by: Viewer, *, as_reporter: bool = False) -> Given:
    """The first of the rule's standings that this viewer has towards this case."""
    if as_reporter and Standing.REPORTER in rule.standing:
        return Given(True)
    if by.is_system and Standing.SYSTEM in rule.standing:
        return Given(True)
    roles = tuple(rule.roles)
    for standing in rule.standing:
        seat = _seat_by(standing, case, by, roles)
        if seat is not None:
            return Given(True, seat)
    return Given(not rule.standing)


def guest_standing(rule: Rule, case: Case, invitation: Invitation) -> Given:
    """Whether somebody with this invitation, which holds, may do it: as lead what the holder does,
    assisting what an assisting unit does that has not answered, and no more once it is done."""
    if Standing.GUEST not in rule.standing:
        return Given(False)
    if Standing.HOLDER in rule.standing:
        return Given(case.holder_id == invitation.unit_id)
    if Standing.ASSISTING in rule.standing:
        return Given(invitation.unit_id in _units_sent(Standing.ASSISTING, case))
    return Given(held(invitation) is Held.OPEN)


def _seat_by(standing: Standing, case_: Case, by: Viewer, roles: tuple[Role, ...]) -> Seat | None:
    """The seat that ties the viewer to the case in this one way; what asks the database asks only
    for whoever has one of the roles."""
    if not by.has(*roles):
        return None
    match standing:
        case Standing.HOLDER if case_.holder_id is not None:
            return by.seat_in(case_.holder_id, *roles)
        case Standing.GRID if case_.grid_id is not None:
            return _seat_over(by, Level.GRID, case_.grid_id, roles)
        case Standing.COMMUNITY if case_.grid_id is None:
            return _seat_over(by, Level.COMMUNITY, case_.community_id, roles)
        case Standing.SENT | Standing.ASSISTING | Standing.CALLED | Standing.WAS_SENT:
            return _seat_among(by, _units_sent(standing, case_), roles)
        case Standing.AREA:
            return next((seat for seat in by.seats_as(*roles) if _lies_in(case_, seat)), None)
        case Standing.CENTRE:
            return by.seat_in(units.centre_of(case_.district_id, case_.street_id).pk, *roles)
    return None


def _lies_in(case: Case, seat: Seat) -> bool:
    """Whether the case lies in the area of a seat; one over the district reaches all of its own."""
    if seat.level is Level.DISTRICT:
        return True
    column = scope.COLUMNS.get(seat.level)
    return column is not None and getattr(case, column) == seat.area_id


def _units_sent(standing: Standing, case: Case) -> set[int]:
    """The units it lies with in this way; of a case without the mark nobody is asked."""
    if standing is Standing.WAS_SENT:
        return {row.unit_id for row in belonging.assignments(case.pk) if not row.returned_at}
    if standing is Standing.SENT:
        rows = Assignment.objects.filter(case=case, returned_at=None, ended_at=None)
    elif standing is Standing.CALLED and Mark.WHISTLED in case.all_marks:
        rows = open_calls().filter(case=case, finished_at=None)
    elif standing is Standing.ASSISTING and Mark.ASSISTED in case.all_marks:
        rows = unanswered_assists().filter(case=case)
    else:
        return set()
    return set(rows.order_by().values_list("unit_id", flat=True))


def _seat_among(by: Viewer, unit_ids: set[int], roles: tuple[Role, ...]) -> Seat | None:
    return next((seat for seat in by.seats_as(*roles) if seat.unit_id in unit_ids), None)


def _seat_over(
    by: Viewer, level: Level, area_id: int | None, roles: tuple[object, ...]
) -> Seat | None:
    for seat in by.seats:
        if seat.role in roles and seat.level is level and seat.area_id == area_id:
            return seat
    return None
