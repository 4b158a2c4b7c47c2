"""Shifts written ahead: what the patterns and changes of a rota come to, as rows.

Rows of shifts that have ended are never touched; one that runs is cut at this moment where something
else holds from now on. So a second writing changes nothing, and the past stays as it was.
"""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, rows
from gezhi.records.posts.models import Rota, Shift
from gezhi.records.posts.patterns import Change, DayKind, Line, Planned, Turn, moment, planned

# Six weeks lie ready, so that a night in which nothing was written costs nobody their duty.
DAYS_AHEAD = 42
_ONE = timedelta(days=1)


def lines_of(rota: Rota) -> list[Line]:
    """The pattern of a rota."""
    return [
        Line(
            kind=DayKind(row.kind),
            from_minute=row.from_minute,
            to_minute=row.to_minute,
            people=tuple(row.people),
            weekdays=frozenset(row.weekdays),
            turn=Turn(row.turn),
            id=row.pk,
        )
        for row in rota.lines.all()
    ]


def planned_of(rota: Rota, until: date) -> list[Planned]:
    """All shifts of a rota from its first day to before a day, or before its own end."""
    end = min(rota.to_day, until) if rota.to_day is not None else until
    changes = rota.changes.filter(taken_back_at=None).order_by("made_at", "id")
    return planned(
        lines_of(rota),
        [Change(row.from_at, row.to_at, row.user_id, row.pk) for row in changes],
        codes.calendar(),
        first=rota.from_day,
        end=end,
    )


def horizon() -> date:
    """Before which day shifts are written."""
    return clock.today() + timedelta(days=DAYS_AHEAD)


def write(rota: Rota) -> int:
    """Make the rows of a rota what it comes to from now on; answers how many were changed.

    In the caller's transaction, the rota's row locked.
    """
    now = clock.now()
    wanted = {
        _key(one.from_at, one.to_at, one.user_id, now): one
        for one in planned_of(rota, horizon())
        if one.to_at > now
    }
    standing = {
        _key(row.from_at, row.to_at, row.user_id, now): row
        for row in rota.shifts.filter(to_at__gt=now)
    }
    gone = [row for key, row in standing.items() if key not in wanted]
    fresh = {key: one for key, one in wanted.items() if key not in standing}
    for row in gone:
        _remove_rest(row, fresh, now)
    rows.insert_each([_row(rota, one, now) for one in fresh.values()])
    return len(gone) + len(fresh)


_Key = tuple[datetime, datetime, int | None]


def _key(from_at: datetime, to_at: datetime, user_id: int | None, now: datetime) -> _Key:
    return max(from_at, now), to_at, user_id


def _remove_rest(row: Shift, fresh: dict[_Key, Planned], now: datetime) -> None:
    """What of a row has not passed goes; one that runs is cut, or goes on to another end."""
    if row.from_at >= now:
        row.delete()
        return
    same = next((key for key in fresh if key[0] == now and key[2] == row.user_id), None)
    row.to_at = now if same is None else fresh.pop(same).to_at
    row.save(update_fields=["to_at"])


def _row(rota: Rota, one: Planned, now: datetime) -> Shift:
    return Shift(
        district_id=rota.district_id,
        rota=rota,
        unit_id=rota.unit_id,
        user_id=one.user_id,
        from_at=max(one.from_at, now),
        to_at=one.to_at,
        line_id=one.line_id,
        change_id=one.change_id,
    )


def running_or_coming() -> QuerySet[Rota]:
    """The rotas whose shifts are still to be written: not ended, or ended and running still."""
    return Rota.objects.exclude(to_day__lte=clock.today() - _ONE)


def day_begins(day: date) -> datetime:
    """The midnight of a day in China."""
    return moment(day, 0)
