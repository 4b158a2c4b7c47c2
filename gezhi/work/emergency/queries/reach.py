"""Which emergencies a viewer sees, switches, and who can be told or named in one."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q, QuerySet

from gezhi.ground.accounts.models import User
from gezhi.kernel import scope
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.models import Area
from gezhi.records.places.queries import AreaRow
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.queries import running as running_appointments
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import visible_to
from gezhi.work.emergency.models import Emergency
from gezhi.work.emergency.rules import Told

# By what they do: who has one of the first rights and none of the second.
_DOING: Final[Mapping[Told, tuple[tuple[Right, ...], tuple[Right, ...]]]] = {
    Told.WORKERS: ((Right.WALK_GRID,), ()),
    Told.CLERKS: ((Right.ANSWER_FOR_COMMUNITY,), ()),
    Told.HANDLERS: ((Right.HANDLE,), (Right.ANSWER_FOR_COMMUNITY,)),
    Told.CENTRE: ((Right.SEE_HELD, Right.CHECK, Right.OVERSEE), ()),
}


def seen_by(viewer: Viewer) -> Q:
    """Emergencies of the area a seat works in, those of the whole street too."""
    if viewer.is_system:
        return ~scope.NOTHING
    condition = scope.NOTHING
    below: dict[Level, list[int]] = {Level.COMMUNITY: [], Level.GRID: []}
    for seat in viewer.seats_for(Right.SEE_EMERGENCY):
        if seat.level is Level.DISTRICT:
            condition |= Q(district_id=viewer.district_id or 0)
        elif seat.level is Level.STREET:
            condition |= Q(street_id=seat.area_id)
        else:
            below.setdefault(seat.level, []).append(seat.area_id)
    ids = [area for areas in below.values() for area in areas]
    if ids:
        own = Area.objects.filter(pk__in=ids).order_by()
        condition |= Q(community_id=None, street_id__in=own.values("street_id"))
        condition |= Q(community_id__in=below[Level.COMMUNITY])
        condition |= Q(community_id__in=own.filter(level=Level.GRID).values("community_id"))
    return condition & Q(district_id=viewer.district_id or 0)


def may_switch(viewer: Viewer, street_id: int, community_id: int | None) -> bool:
    """Whether a seat gives the right over a street, or over this community of it."""
    for seat in viewer.seats_for(Right.SWITCH_EMERGENCY):
        if seat.area_id in (street_id, community_id):
            return True
        if seat.level is Level.DISTRICT:
            streets = places.areas(viewer.district_id or 0, Level.STREET)
            return any(area.id == street_id for area in streets)
    return False


def areas_to_switch(viewer: Viewer) -> list[AreaRow]:
    """The streets and communities the viewer may switch one on for, each street first."""
    found: list[AreaRow] = []
    for street in places.areas(viewer.district_id or 0, Level.STREET):
        mine = places.areas(viewer.district_id or 0, Level.COMMUNITY, street_id=street.id)
        if may_switch(viewer, street.id, None):
            found += [street, *mine]
        else:
            found += [area for area in mine if may_switch(viewer, 0, area.id)]
    return found


def running(viewer: Viewer) -> list[Emergency]:
    """Those that are on, in earnest first, then the newest."""
    rows = Emergency.objects.filter(seen_by(viewer), off_at=None).select_related("area")
    return list(rows.order_by("drill", "-on_at"))


def those_over(viewer: Viewer, most: int = 30) -> list[Emergency]:
    """Those that are over, the newest first."""
    rows = Emergency.objects.filter(seen_by(viewer), off_at__isnull=False).select_related("area")
    return list(rows.order_by("-on_at")[:most])


def get(viewer: Viewer, emergency_id: int) -> Emergency:
    """One the viewer sees; Unseen otherwise."""
    rows = Emergency.objects.filter(seen_by(viewer), pk=emergency_id).select_related("area")
    row = rows.first()
    if row is None:
        raise Unseen("")
    return row


def cases_of_area(viewer: Viewer, row: Emergency) -> QuerySet[Case]:
    """The cases of its area as far as the viewer sees them."""
    return visible_to(viewer).filter(lies_in(row))


def lies_in(row: Emergency) -> Q:
    """Cases that lie in its area."""
    here = Q(district_id=row.district_id, street_id=row.street_id)
    if row.community_id is not None:
        here &= Q(community_id=row.community_id)
    return here


def people(row: Emergency, told: Iterable[Told]) -> list[int]:
    """The ids of active staff of its area in these posts, each once."""
    roles = frozenset(
        role for one in told for role in roles_with(*_DOING[one][0]) - roles_with(*_DOING[one][1])
    )
    here = Q(post__area_id=row.street_id) | Q(post__area__street_id=row.street_id)
    if row.community_id is not None:
        here = Q(post__area_id__in=(row.street_id, row.community_id))
        here |= Q(post__area__community_id=row.community_id)
    rows = Appointment.objects.filter(here, post__role__in=roles, user__is_active=True)
    found = running_appointments(rows).order_by("user_id").values_list("user_id", flat=True)
    return list(dict.fromkeys(found))


def takers_of(row: Emergency) -> list[User]:
    """Who can be named to take a major case whole: staff at work in its area, by name."""
    return list(User.objects.filter(pk__in=people(row, Told)).order_by("pinyin", "id"))


def takers_by_unit(row: Emergency) -> dict[str, list[User]]:
    """The same below the names of their units, so that one is found among a hundred."""
    rows = Appointment.objects.filter(user__in=people(row, Told))
    found: dict[str, list[User]] = {}
    at_work = running_appointments(rows).select_related("user", "post__unit")
    for one in at_work.order_by("post__unit__pinyin", "user__pinyin", "user_id"):
        held = found.setdefault(one.post.unit.name, [])
        if one.user not in held:
            held.append(one.user)
    return found


def may_take(row: Emergency, user_id: int) -> bool:
    """Whether somebody can be named to take a major case."""
    return user_id in people(row, Told)
