"""What a closing or a leaving would touch, asked before and told after."""

from dataclasses import dataclass

from django.db.models import Q

from gezhi.kernel.viewer import ADMINISTRATORS, Role, Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.posts import queries as posts
from gezhi.records.posts.models import Appointment
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import State


@dataclass(frozen=True, slots=True)
class Estate:
    """What a unit would leave behind: counts for the page that asks back."""

    cases: int
    duties: int
    people: int


def case_numbers(unit: Unit) -> list[str]:
    """Numbers of the open cases that have to do with a unit: held, assisted, or to be reworked."""
    return list(
        Case.objects.filter(ended_at=None)
        .filter(
            Q(holder=unit)
            | Q(assignments__unit=unit, assignments__ended_at=None)
            | Q(state=State.CHECKING, finished_unit_id=unit.pk)
        )
        .order_by("id")
        .distinct()
        .values_list("number", flat=True)
    )


def estate_of(viewer: Viewer, unit: Unit) -> Estate:
    """What closing this unit would move; for the system administrator's page."""
    return Estate(
        cases=len(case_numbers(unit)),
        duties=len(duties.duties_of_unit(unit.pk)),
        people=len(posts.users_in(unit.pk)),
    )


def successors_of(viewer: Viewer, unit: Unit) -> list[Unit]:
    """Units that may take over from this one: open, another, and a centre for a centre."""
    rows = Unit.objects.filter(district_id=unit.district_id, closed_at=None).exclude(pk=unit.pk)
    if unit.kind == "street_centre":
        rows = rows.filter(kind="street_centre")
    if not (viewer.is_system or viewer.district_id == unit.district_id):
        return []
    return list(rows)


def is_last_administrator(appointment: Appointment) -> bool:
    """Whether this appointment is the last one of its administrator's role in the district."""
    role = Role(appointment.post.role)
    if role not in ADMINISTRATORS:
        return False
    others = posts.running(
        Appointment.objects.filter(
            district_id=appointment.district_id,
            post__role=role,
            user__is_active=True,
            to_at=None,
        )
    )
    return not others.exclude(pk=appointment.pk).exists()
