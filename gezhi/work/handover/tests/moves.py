"""What random histories do to people and units (`tests/journeys`): they leave, they are closed."""

from gezhi.kernel import clock
from gezhi.records.posts.models import Appointment
from gezhi.work.handover import actions as handover
from tests.journeys.occasions import Move, Occasion

_LEAVERS = ("handler", "tang", "li", "acceptor", "dispatcher", "zhang", "checker")


def _leave(at: Occasion) -> None:
    by = at.cast.system_administrator.viewer
    person = getattr(at.cast, _LEAVERS[at.who % 7])
    for row in Appointment.objects.filter(user_id=person.user_id, to_at=None):
        handover.end_appointment(appointment=row, by=by, at=clock.now())


def _close_unit(at: Occasion) -> None:
    street = at.cast.street
    unit = (street.sanitation, street.water, street.property_firm, street.office)[at.who % 4]
    unit.refresh_from_db()
    by = at.cast.system_administrator.viewer
    handover.close_unit(unit=unit, successor=street.centre, by=by)


MOVES: dict[str, Move] = {"leave": _leave, "close_unit": _close_unit}
OFTEN = ("close_unit", "leave")
