"""Who is on duty, was, and will be; whose rota one may read and keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Value
from django.utils.translation import gettext as _

from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts.models import Appointment, Page, Post, Rota, RotaChange, Shift
from gezhi.records.posts.page_table import Outcome
from gezhi.records.posts.queries import running, users_in
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.records.posts.shifts import day_begins
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit


def kept_unit_ids(viewer: Viewer) -> frozenset[int]:
    """Units whose rotas the viewer keeps: one's own; a duty chief's also those below the centre."""
    found = {seat.unit_id for seat in viewer.seats_for(Right.KEEP_ROTA)}
    return frozenset(found | _below(viewer, Right.KEEP_ROTAS_BELOW))


def readable_unit_ids(viewer: Viewer) -> frozenset[int]:
    """Units whose rotas the viewer reads: of one's own units, those kept, those overseen."""
    own = {seat.unit_id for seat in viewer.seats_for(Right.READ_ROTA)}
    return frozenset(own | kept_unit_ids(viewer) | _below(viewer, Right.OVERSEE))


def _below(viewer: Viewer, right: Right) -> set[int]:
    tops = Unit.objects.filter(pk__in={seat.unit_id for seat in viewer.seats_for(right)})
    return {unit_id for top in tops for unit_id in units.descendants(top)}


def readable_units(viewer: Viewer) -> list[Unit]:
    """Open units whose rotas the viewer reads: one's own first, then by name."""
    rows = Unit.objects.filter(pk__in=readable_unit_ids(viewer), closed_at=None)
    own = viewer.unit_ids
    return sorted(rows, key=lambda unit: (unit.pk not in own, unit.pinyin, unit.pk))


def may_keep(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer may arrange the duty of this unit."""
    return viewer.is_system or unit_id in kept_unit_ids(viewer)


def get_rota(viewer: Viewer, rota_id: int) -> Rota:
    """A rota of a unit whose rotas the viewer reads; Unseen otherwise."""
    rota = Rota.objects.select_related("unit").filter(pk=rota_id).first()
    if rota is None or not (viewer.is_system or rota.unit_id in readable_unit_ids(viewer)):
        raise Unseen("")
    return rota


def rotas_of(unit: Unit, *, from_day: date) -> list[Rota]:
    """The rotas of a unit that hold on this day or later, the oldest first, with their lines."""
    rows = Rota.objects.filter(unit=unit).exclude(to_day__lte=from_day)
    return list(rows.prefetch_related("lines").order_by("made_at", "id"))


def people_of(unit_id: int, role: str = "", posts: Iterable[int] = ()) -> list[User]:
    """Who may be put on duty: the active people of the unit now, of one role if there is one, in
    one of the posts if there are any."""
    return users_in(unit_id, [Role(role)] if role else None, posts=posts)


def people_on(rota: Rota) -> list[User]:
    """Who may be put on duty on this rota."""
    return people_of(rota.unit_id, rota.role, rota.posts)


def whose(unit: Unit, role: str, posts: Sequence[int] = ()) -> str:
    """Whose rota it is, in words: 桐花社区居委会, 桐花社区居委会（网格员）, 桐花社区居委会（A、B）."""
    if posts:
        names = dict(Post.objects.filter(pk__in=posts).values_list("pk", "name"))
        return f"{unit.name}（{'、'.join(dict.fromkeys(names[pk] for pk in posts))}）"
    return f"{unit.name}（{ROLE_NAMES[Role(role)]}）" if role else unit.name


def filled_posts(unit_id: int) -> dict[Post, list[str]]:
    """The posts of a unit that somebody is in now, each with the names of its people."""
    rows = running(Appointment.objects.filter(post__unit_id=unit_id, user__is_active=True))
    found: dict[Post, list[str]] = {}
    for row in rows.select_related("post", "user").order_by("post_id", "from_at"):
        found.setdefault(row.post, []).append(row.user.name)
    return found


def names_of_people(user_ids: Iterable[int]) -> dict[int, str]:
    """Names of colleagues by id, those that have left too."""
    rows = User.objects.filter(pk__in=set(user_ids))
    return dict(rows.values_list("id", "name"))


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One shift as pages show it; `gap` says in words why nobody will be there, "" where somebody is."""

    id: int
    rota_id: int
    rota_name: str
    unit_id: int
    user_id: int | None
    user_name: str
    from_at: datetime
    to_at: datetime
    is_changed: bool
    gap: str = ""

    @property
    def day(self) -> date:
        """The day it begins on, in China."""
        return clock.local(self.from_at).date()

    def runs_at(self, moment: datetime) -> bool:
        """Whether it runs at a moment."""
        return self.from_at <= moment < self.to_at


def shifts_between(unit_ids: Iterable[int], first: date, end: date) -> list[ShiftLine]:
    """The shifts of units that begin from one day to before another, with their gaps in words."""
    rows = Shift.objects.filter(
        unit_id__in=list(unit_ids), from_at__gte=day_begins(first), from_at__lt=day_begins(end)
    )
    return shown(rows)


def shown(rows: QuerySet[Shift]) -> list[ShiftLine]:
    """Shifts as lines: two queries, however many."""
    found = list(rows.select_related("user", "rota").order_by("from_at", "rota_id", "id"))
    seats = _seats(found)
    return [_line(row, seats) for row in found]


def _line(row: Shift, seats: "_Seats") -> ShiftLine:
    return ShiftLine(
        id=row.pk,
        rota_id=row.rota_id,
        rota_name=row.rota.name,
        unit_id=row.unit_id,
        user_id=row.user_id,
        user_name=row.user.name if row.user is not None else "",
        from_at=row.from_at,
        to_at=row.to_at,
        is_changed=row.change_id is not None,
        gap=_gap(row, seats),
    )


_Seats = dict[tuple[int, int], list[tuple[datetime, datetime | None, str, int]]]


def _seats(found: Sequence[Shift]) -> _Seats:
    users = {row.user_id for row in found if row.user_id is not None}
    if not users:
        return {}
    rows = Appointment.objects.filter(
        user_id__in=users, post__unit_id__in={row.unit_id for row in found}
    )
    seats: _Seats = {}
    for user, unit, from_at, to_at, role, post in rows.values_list(
        "user_id", "post__unit_id", "from_at", "to_at", "post__role", "post_id"
    ):
        seats.setdefault((user, unit), []).append((from_at, to_at, role, post))
    return seats


def _gap(row: Shift, seats: _Seats) -> str:
    """Why nobody will be there; "" for a shift that has ended: who was on duty then stays true."""
    if row.user_id is None or row.user is None:
        return _("没有人")
    if row.to_at <= clock.now():
        return ""
    if not row.user.is_active:
        return _("账号已停用")
    moment = max(row.from_at, clock.now())
    for from_at, to_at, role, post in seats.get((row.user_id, row.unit_id), ()):
        sits = from_at <= moment and (to_at is None or moment < to_at)
        if sits and row.rota.role in ("", role) and (not row.rota.posts or post in row.rota.posts):
            return ""
    return _("已不在这个岗位")


def on_duty(unit_ids: Iterable[int], moment: datetime | None = None) -> list[ShiftLine]:
    """Who is on duty in these units now (or was at a moment): the oldest rota first, no gaps."""
    at = moment or clock.now()
    rows = Shift.objects.filter(unit_id__in=list(unit_ids), from_at__lte=at, to_at__gt=at)
    lines = [line for line in shown(rows) if line.user_id is not None and not line.gap]
    return sorted(lines, key=lambda line: (line.rota_id, line.from_at, line.id))


def on_duty_people(user_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Those of the people who are on duty now, each with the unit it is in."""
    now = clock.now()
    rows = Shift.objects.filter(user_id__in=set(user_ids), from_at__lte=now, to_at__gt=now)
    return set(rows.values_list("user_id", "unit_id"))


def own_shifts(viewer: Viewer, *, days: int = 42) -> list[ShiftLine]:
    """The viewer's own shifts that run or come within so many days."""
    if viewer.user_id is None:
        return []
    now = clock.now()
    rows = Shift.objects.filter(user_id=viewer.user_id, to_at__gt=now)
    return shown(rows.filter(from_at__lt=now + timedelta(days=days)))


@dataclass(frozen=True, slots=True)
class NextDuty:
    """What of the viewer's duty cannot wait: whether somebody calls them, and their next shift."""

    is_called: bool
    from_at: datetime | None = None
    to_at: datetime | None = None


def next_duty(viewer: Viewer, *, days: int = 2) -> NextDuty:
    """The viewer's shift that runs or comes within so many days, and whether a call waits for them;
    one query."""
    now = clock.now()
    mine = Shift.objects.filter(user_id=viewer.user_id or 0, to_at__gt=now)
    mine = mine.filter(from_at__lt=now + timedelta(days=days)).order_by()
    calls = Page.objects.filter(
        user_id=viewer.user_id or 0, is_over=False, subject_kind="case"
    ).order_by()
    calls = calls.exclude(outcome=Outcome.DECLINED)
    rows = list(
        calls.values_list(Value("call"), "called_at", "called_at").union(
            mine.values_list(Value("shift"), "from_at", "to_at")
        )
    )
    coming = sorted((from_at, to_at) for kind, from_at, to_at in rows if kind == "shift")
    from_at, to_at = coming[0] if coming else (None, None)
    return NextDuty(any(kind == "call" for kind, _from, _to in rows), from_at, to_at)


def get_own_shift(viewer: Viewer, shift_id: int) -> ShiftLine:
    """One of the viewer's own that has not ended; Unseen otherwise."""
    for line in own_shifts(viewer, days=400):
        if line.id == shift_id:
            return line
    raise Unseen("")


def colleagues_shifts(viewer: Viewer, shift: ShiftLine) -> list[ShiftLine]:
    """Coming shifts of others on the same rota, that the viewer's may be swapped for."""
    now = clock.now()
    rows = Shift.objects.filter(rota_id=shift.rota_id, from_at__gt=now, user_id__isnull=False)
    lines = shown(rows.exclude(user_id=viewer.user_id or 0))
    return [line for line in lines if not line.gap]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change by hand: when, who instead, why."""

    id: int
    from_at: datetime
    to_at: datetime
    user_name: str
    reason: str
    by_swap: bool
    may_go: bool = field(default=False)


def changes_of(rota: Rota) -> list[ChangeLine]:
    """The changes of a rota that are not over, in order of time."""
    now = clock.now()
    rows = RotaChange.objects.filter(rota=rota, to_at__gt=now, taken_back_at=None)
    return [
        ChangeLine(
            id=row.pk,
            from_at=row.from_at,
            to_at=row.to_at,
            user_name=row.user.name if row.user is not None else "",
            reason=row.reason,
            by_swap=row.swap_id is not None,
            may_go=row.swap_id is None,
        )
        for row in rows.select_related("user").order_by("from_at", "id")
    ]


def shift_in(unit: Unit, shift_id: int) -> ShiftLine | None:
    """A shift of the unit that has not ended, or None."""
    rows = Shift.objects.filter(pk=shift_id, unit=unit, to_at__gt=clock.now())
    return next(iter(shown(rows)), None)


def colleagues(viewer: Viewer, shift: ShiftLine) -> list[User]:
    """Who else may be on duty on the rota of a shift."""
    rota = Rota.objects.get(pk=shift.rota_id)
    return [user for user in people_on(rota) if user.pk != viewer.user_id]
