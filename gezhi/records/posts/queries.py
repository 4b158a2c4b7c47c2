"""Who sits where now: the viewer of a user, the crew of a point."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from gezhi.ground.accounts.models import User
from gezhi.kernel import clock, prepared, search
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Role, Seat, Viewer
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.rules import ROLE_NAMES, fillable_roles


def running(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Those of the appointments that hold now: begun, not ended, their post not abolished."""
    now = clock.now()
    return rows.filter(from_at__lte=now, post__abolished_at=None).filter(
        Q(to_at=None) | Q(to_at__gt=now)
    )


def viewer_of(user: User | AnonymousUser) -> Viewer:
    """The viewer a user is now: one query; a user without appointments sees nothing."""
    if not isinstance(user, User) or not user.is_authenticated or not user.is_active:
        return Viewer.anonymous()
    rows = prepared.ask(_seats, user.pk)
    return Viewer(
        user_id=user.pk,
        district_id=user.district_id,
        seats=tuple(
            Seat(
                post_id=post,
                unit_id=unit,
                role=Role(role),
                area_id=area,
                level=Level(level),
                unit_name=short or name,
                area_name=area_short or area_name,
            )
            for post, unit, role, area, level, short, name, area_short, area_name in rows
        ),
    )


def _seats(user_id: int) -> QuerySet[Appointment, tuple[Any, ...]]:
    rows = running(Appointment.objects.filter(user_id=user_id)).order_by("from_at", "id")
    return rows.values_list(
        *("post_id", "post__unit_id", "post__role", "post__area_id", "post__area__level"),
        *("post__unit__short_name", "post__unit__name"),
        *("post__area__short_name", "post__area__name"),
    )


def viewer_of_id(user_id: int) -> Viewer:
    """The viewer an account is now, for a task that acts in its name; nobody for none."""
    user = User.objects.filter(pk=user_id).first()
    return viewer_of(user if user is not None else AnonymousUser())


def current(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Those of the appointments that hold now or will: not ended, their post not abolished."""
    return rows.filter(post__abolished_at=None).filter(Q(to_at=None) | Q(to_at__gt=clock.now()))


def running_roles(user: User) -> frozenset[Role]:
    """The roles a person holds now or is already appointed to hold later."""
    rows = current(Appointment.objects.filter(user=user))
    return frozenset(Role(role) for role in rows.values_list("post__role", flat=True))


def staffed_unit_ids(unit_ids: Iterable[int], roles: Iterable[Role] | None = None) -> set[int]:
    """Those of the units to which an active person is appointed now (in one of the roles)."""
    rows = running(
        Appointment.objects.filter(post__unit_id__in=list(unit_ids), user__is_active=True)
    )
    if roles is not None:
        rows = rows.filter(post__role__in=list(roles))
    return set(rows.values_list("post__unit_id", flat=True))


def ever_staffed_unit_ids(unit_ids: Iterable[int]) -> set[int]:
    """Those of the units to which anybody was ever appointed, however long ago."""
    rows = Appointment.objects.filter(post__unit_id__in=list(unit_ids))
    return set(rows.order_by().values_list("post__unit_id", flat=True).distinct())


def workers_of_grid(grid_id: int) -> list[User]:
    """The active grid workers appointed to a grid now, longest first."""
    return _people(Appointment.objects.filter(post__area_id=grid_id, post__role=Role.GRID_WORKER))


def workers_of_grids(grid_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of the active grid workers appointed to each of these grids now, longest first."""
    rows = Appointment.objects.filter(
        post__area_id__in=list(grid_ids), post__role=Role.GRID_WORKER, user__is_active=True
    )
    found: dict[int, list[str]] = {}
    for one in running(rows).select_related("user", "post").order_by("from_at", "id"):
        found.setdefault(one.post.area_id, []).append(one.user.name)
    return found


def users_in(
    unit_id: int, roles: Iterable[Role] | None = None, *, posts: Iterable[int] = ()
) -> list[User]:
    """The active people of a unit now (in one of the roles; in one of the posts, where there are
    any), longest first, each once."""
    rows = Appointment.objects.filter(post__unit_id=unit_id)
    if roles is not None:
        rows = rows.filter(post__role__in=list(roles))
    if chosen := list(posts):
        rows = rows.filter(post_id__in=chosen)
    return _people(rows)


def users_with(district_id: int, role: Role) -> list[User]:
    """The active people of a district with a role now, longest first, each once."""
    return _people(Appointment.objects.filter(district_id=district_id, post__role=role))


def _people(rows: QuerySet[Appointment]) -> list[User]:
    found = running(rows.filter(user__is_active=True)).select_related("user")
    return list({row.user_id: row.user for row in found.order_by("from_at", "id")}.values())


def running_appointments_of(users: Iterable[User]) -> QuerySet[Appointment]:
    """The running appointments of these users, by staff number, with person, post and unit."""
    rows = running(Appointment.objects.filter(user__in=users))
    return rows.select_related("user", "post__unit").order_by("user__staff_number", "from_at", "id")


def posts(viewer: Viewer) -> QuerySet[Post]:
    """Posts of the viewer's district that are not abolished, for administrators, with a flag
    `staffed`; nobody's for anyone else."""
    rows = (
        Post.objects.filter(abolished_at=None)
        .select_related("unit", "area")
        .annotate(staffed=Exists(running(Appointment.objects.filter(post=OuterRef("pk")))))
        .order_by("unit__pinyin", "role", "name", "id")
    )
    if viewer.is_system:
        return rows
    if viewer.district_id is None or not viewer.may(Right.ADMINISTER):
        return rows.none()
    return rows.filter(district_id=viewer.district_id)


def found_posts(viewer: Viewer, words: str = "", *, only_vacant: bool = False) -> QuerySet[Post]:
    """The posts this administrator fills, those that every word fits: by the post's name, its
    unit, area or role, or the name, pinyin or staff number of who sits there."""
    mine = fillable_roles(viewer)
    rows = posts(viewer).filter(role__in=mine)
    if only_vacant:
        rows = rows.exclude(Exists(running(Appointment.objects.filter(post=OuterRef("pk")))))
    return search.every_word(rows, words, lambda word: _fits(word, mine))


def _fits(word: str, mine: Iterable[Role]) -> Q:
    roles = [role for role in mine if word in str(ROLE_NAMES[role])]
    who = Q(user__name__icontains=word) | Q(user__staff_number__istartswith=word)
    if word.isascii():
        who |= Q(user__pinyin__icontains=word)
    seated = running(Appointment.objects.filter(who, post=OuterRef("pk")))
    return (
        search.holds(word, "name", "unit__name", "unit__short_name", "area__name")
        | Q(role__in=roles)
        | Q(Exists(seated))
    )


def get_post(viewer: Viewer, post_id: int) -> Post:
    """One post an administrator may look after; Unseen otherwise."""
    post = posts(viewer).filter(pk=post_id).first()
    if post is None:
        raise Unseen("")
    return post


def appointments(viewer: Viewer) -> QuerySet[Appointment]:
    """Running and coming appointments of the viewer's district, for administrators."""
    rows = (
        Appointment.objects.filter(Q(to_at=None) | Q(to_at__gt=clock.now()))
        .select_related("post", "post__unit", "post__area", "user")
        .order_by("post__role", "user__pinyin", "id")
    )
    if viewer.is_system:
        return rows
    if viewer.district_id is None or not viewer.may(Right.ADMINISTER):
        return rows.none()
    return rows.filter(district_id=viewer.district_id)


def get_appointment(viewer: Viewer, appointment_id: int) -> Appointment:
    """One running appointment an administrator may look after; Unseen otherwise."""
    appointment = appointments(viewer).filter(pk=appointment_id).first()
    if appointment is None:
        raise Unseen("")
    return appointment


def names_of_posts(viewer: Viewer, post_ids: Iterable[int]) -> dict[int, str]:
    """Unit and name of posts by id, abolished ones too, for administrators."""
    rows = Post.objects.filter(pk__in=set(post_ids), **_own_district(viewer))
    return {pk: f"{unit} {name}" for pk, unit, name in rows.values_list("id", "unit__name", "name")}


def names_of_appointments(viewer: Viewer, appointment_ids: Iterable[int]) -> dict[int, str]:
    """Who was in which post, by the appointment's id, ended ones too, for administrators."""
    rows = Appointment.objects.filter(pk__in=set(appointment_ids), **_own_district(viewer))
    told = rows.values_list("id", "user__name", "post__unit__name", "post__name")
    return {pk: f"{person}：{unit} {post}" for pk, person, unit, post in told}


def _own_district(viewer: Viewer) -> dict[str, int]:
    if viewer.is_system:
        return {}
    # No district has the number 0: nobody else is told a name here.
    return {"district_id": (viewer.district_id or 0) if viewer.may(Right.ADMINISTER) else 0}
