"""What a closing or a leaving would touch, asked before and told after."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gezhi.kernel.viewer import ADMINISTRATORS, Role, Viewer
from gezhi.records.posts import queries as posts
from gezhi.records.posts.models import Appointment
from gezhi.records.units.holdings import holdings
from gezhi.records.units.models import Unit


@dataclass(frozen=True, slots=True)
class Estate:
    """What a unit would leave behind, for the page that asks back: counts by the room's name."""

    held: Mapping[str, int]
    people: int

    @property
    def words(self) -> str:
        """ "1 件在办的事、2 条权责、3 个人"."""
        return said(self.held, self.people)


def said(held: Mapping[str, int], people: int) -> str:
    """Counts of what rooms hold and of people, as the page and its message say them."""
    rooms = [str(one.words) % {"count": held.get(one.name, 0)} for one in holdings()]
    return "、".join([*rooms, _("%(count)s 个人") % {"count": people}])


def estate_of(viewer: Viewer, unit: Unit) -> Estate:
    """What closing this unit would move; for the system administrator's page."""
    held = {one.name: one.count(unit) for one in holdings()}
    return Estate(held=held, people=len(posts.users_in(unit.pk)))


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
