"""Which backups are kept, and when one is too old: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gezhi.kernel import clock

TOO_OLD = timedelta(days=1)
# A nightly backup takes its time; it is not late while the next one is made.
_TAKES = timedelta(hours=2)
# Clocks of two machines differ by so much at most.
SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Kept:
    """One set: its name, its place in the order they were made, when it was begun."""

    name: str
    serial: int
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days every set is kept, and for how many weeks and months the last of each."""

    days: int
    weeks: int
    months: int


def to_let_go(sets: Iterable[Kept], retention: Retention, now: datetime) -> list[str]:
    """Names of the sets that need not be kept; never the newest.

    Counted back from the newest set, not from `now`, when that is later: a clock that ran ahead
    for an hour must not let everything go that was made before.
    """
    ordered = sorted(sets, key=lambda one: -one.serial)
    if not ordered:
        return []
    today = clock.local(min(now, ordered[0].begun_at)).date()
    keep = {ordered[0].name}
    weeks, months = set[tuple[int, int]](), set[tuple[int, int]]()
    for one in ordered:
        day = clock.local(one.begun_at).date()
        week, month = day.isocalendar()[:2], (day.year, day.month)
        if (today - day).days < retention.days:
            keep.add(one.name)
        if week not in weeks and len(weeks) < retention.weeks:
            weeks.add(week)
            keep.add(one.name)
        if month not in months and len(months) < retention.months:
            months.add(month)
            keep.add(one.name)
    return [one.name for one in ordered if one.name not in keep]


def is_too_old(begun_at: datetime, now: datetime) -> bool:
    """Whether the last good backup, begun then, is older than a day."""
    return now - begun_at > TOO_OLD + _TAKES


def is_of_the_future(begun_at: datetime, now: datetime) -> bool:
    """Whether it says it was begun later than now: one of the two clocks is wrong."""
    return begun_at - now > SKEW


def last_due(hour: int, now: datetime) -> datetime:
    """The newest moment at or before now at which the daily backup was due."""
    local = clock.local(now)
    moment = datetime.combine(local.date(), time(hour), clock.SHANGHAI)
    return moment if moment <= now else moment - timedelta(days=1)


def is_due(begun_at: datetime, *, was_good: bool, hour: int, now: datetime) -> bool:
    """Whether the backup of the day is to be made, the last one having begun then.

    One that did not go well is made again after an hour. A clock that is set back over the hour
    makes none twice; by how much more it may be wrong, whoever asks has looked (`is_of_the_future`).
    """
    if not was_good:
        return now - begun_at >= timedelta(hours=1)
    return begun_at < last_due(hour, now)
