"""谁管这里: the 3 + 10 + N crew of a point, and who of it is on duty now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Prefetch, Q

from gezhi.ground.codes.queries import term
from gezhi.kernel.masking import masked_name
from gezhi.kernel.viewer import ADMINISTRATORS, Level, Role, Viewer
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.queries import running
from gezhi.records.posts.rota_queries import ShiftLine, on_duty, on_duty_people
from gezhi.records.posts.rules import CREW_ROLES
from gezhi.records.units.queries import centre_of, office_of

# Of a post without a profession.
_TEAMS = {Role.GRID_WORKER: "service_staff", Role.COMMUNITY_CLERK: "managers"}


class Located(Protocol):
    """What a point or place lies in; `places.queries.Location` is one."""

    @property
    def street_id(self) -> int | None: ...
    @property
    def community_id(self) -> int | None: ...
    @property
    def grid_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class CrewMember:
    """One post that looks after a point; `user_name` is "" while it is vacant.

    `team` is the code of its team of the 3 + 10 + N. `user_id` is told to staff of the district only,
    as the whole name is. `on_duty`: by a rota of the post's unit, now.
    """

    post_id: int
    post_name: str
    profession: str
    team: str
    role: Role
    level: Level
    user_id: int | None
    user_name: str
    meeting_words: str
    unit_name: str
    on_duty: bool


def is_colleague(viewer: Viewer | None, district_id: int) -> bool:
    """Whether the viewer is staff of the district, who read whole names."""
    if viewer is None:
        return False
    return viewer.is_system or (bool(viewer.seats) and viewer.district_id == district_id)


def crew_of(
    district_id: int, location: Located, *, viewer: Viewer | None = None
) -> list[CrewMember]:
    """Who looks after a point (谁管这里): its grid's posts, then its community's, then the professions
    of its street; within each whoever is on duty now comes first.

    Names are masked unless the viewer is staff of the district. Vacant posts are named too, so
    that nobody looks for a person who is not there. Three queries: posts, people, shifts of now.
    """
    areas = [area for area in (location.grid_id, location.community_id) if area is not None]
    if not areas:
        return []
    here = Q(area_id__in=areas) & (Q(role__in=CREW_ROLES) | ~Q(profession=""))
    if location.street_id is not None:
        here |= Q(area_id=location.street_id) & ~Q(profession="")
        areas = [*areas, location.street_id]
    found = list(
        Post.objects.filter(here, district_id=district_id, abolished_at=None)
        .exclude(role__in=ADMINISTRATORS)
        .select_related("unit", "area")
        .prefetch_related(
            Prefetch(
                "appointments",
                queryset=running(Appointment.objects.select_related("user")).order_by("from_at"),
                to_attr="present",
            )
        )
    )
    awake = on_duty_people(row.user_id for post in found for row in _present(post))
    clear = is_colleague(viewer, district_id)
    members = []
    for post in found:
        rows: Sequence[Appointment | None] = _present(post) or (None,)
        for row in rows:
            is_awake = row is not None and (row.user_id, post.unit_id) in awake
            members.append(_member(post, row, clear, is_awake))
    order = {area: place for place, area in enumerate(areas)}
    places = {post.pk: order[post.area_id] for post in found}
    members.sort(key=lambda one: (places[one.post_id], not one.on_duty, one.role, one.post_name))
    return members


def duty_of(
    district_id: int, location: Located, *, viewer: Viewer | None = None
) -> list[ShiftLine]:
    """Who is on duty now in the offices a point belongs to, its community's first; for staff of the
    district, nobody for anybody else."""
    if not is_colleague(viewer, district_id) or location.community_id is None:
        return []
    office = office_of(location.community_id)
    wanted = [unit.pk for unit in (office, centre_of(district_id, location.street_id)) if unit]
    return sorted(on_duty(wanted), key=lambda line: wanted.index(line.unit_id))


def _member(post: Post, row: Appointment | None, clear: bool, on_duty: bool) -> CrewMember:
    name = row.user.name if row is not None else ""
    return CrewMember(
        post_id=post.pk,
        post_name=post.name,
        profession=post.profession,
        team=_team(post),
        role=Role(post.role),
        level=Level(post.area.level),
        user_id=row.user_id if row is not None and clear else None,
        user_name=name if clear else masked_name(name),
        meeting_words=post.meeting_words,
        unit_name=post.unit.name,
        on_duty=on_duty,
    )


def _team(post: Post) -> str:
    known = term("professions", post.profession) if post.profession else None
    if known is not None:
        return str(known.data.get("team", ""))
    return _TEAMS.get(Role(post.role), "")


def _present(post: Post) -> Sequence[Appointment]:
    present: Sequence[Appointment] = getattr(post, "present", ())
    return present
