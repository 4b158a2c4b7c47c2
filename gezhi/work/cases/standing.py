"""What ties a viewer to a case for one deed; asked before doing it and before showing its button."""

from gezhi.kernel.viewer import Level, Role, Seat, Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.assisting import unanswered_assists
from gezhi.work.cases.models import Assignment, Case
from gezhi.work.cases.queries import belonging
from gezhi.work.cases.rules import Mark, Rule, Standing
from gezhi.work.deeds.rules import Given

_BY_SENDING = (Standing.SENT, Standing.ASSISTING, Standing.WAS_SENT)


def standing_of(rule: Rule, case: Case, by: Viewer, *, as_reporter: bool = False) -> Given:
    """The first of the rule's standings that this viewer has towards this case."""
    if as_reporter and Standing.REPORTER in rule.standing:
        return Given(True)
    if by.is_system and Standing.SYSTEM in rule.standing:
        return Given(True)
    roles = tuple(rule.roles)
    for standing in rule.standing:
        seat: Seat | None = None
        if standing is Standing.HOLDER and case.holder_id is not None:
            seat = by.seat_in(case.holder_id, *roles)
        elif standing is Standing.GRID and case.grid_id is not None:
            seat = _seat_over(by, Level.GRID, case.grid_id, roles)
        elif standing is Standing.COMMUNITY and case.grid_id is None:
            seat = _seat_over(by, Level.COMMUNITY, case.community_id, roles)
        elif standing in _BY_SENDING and by.has(*roles):
            seat = _seat_among(by, _units_sent(standing, case), roles)
        elif standing is Standing.CENTRE and by.has(*roles):
            seat = by.seat_in(units.centre_of(case.district_id, case.street_id).pk, *roles)
        if seat is not None:
            return Given(True, seat)
    return Given(not rule.standing)


def _units_sent(standing: Standing, case: Case) -> set[int]:
    """The units it lies with in this way; of a case without the mark nobody is asked."""
    if standing is Standing.WAS_SENT:
        return {row.unit_id for row in belonging.assignments(case.pk) if not row.returned_at}
    if standing is Standing.SENT:
        rows = Assignment.objects.filter(case=case, returned_at=None, ended_at=None)
    elif Mark.ASSISTED in case.all_marks:
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
