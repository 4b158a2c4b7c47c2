"""Due times and their inverse, in the four units of closing standards (standards §2.4, §3.3).

- 紧急工作时 `urgent_hours` runs without a break, nights and holidays too.
- 工作时 `working_hours` runs while the unit is open.
- 工作日 `working_days` and 自然日 `calendar_days`: the day of the start is not counted (民法典
  §201) and the limit ends when the unit closes on the last day (民法典 §203: 有业务时间的，停止业务
  活动的时间为截止时间). A calendar day is any day and the end is not moved off a holiday, because
  that would lengthen what a resident was promised.

What happens at the very due moment is on time, and late after it; a pause [p, q) stops the clock at
p and starts it at q. A day counts when the clock ran in its last instant, so a pause begun and ended
between two closings costs nothing. Everything is reckoned in Asia/Shanghai and answered in UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.workdays.calendar import Calendar
from gezhi.kernel.workdays.hours import Hours

Pause = tuple[datetime, datetime]

_HOUR = 3_600_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    URGENT_HOURS = "urgent_hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


_IN_DAYS = frozenset({LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS})
_BY_CALENDAR = frozenset({LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS})


class Light(StrEnum):
    """红黄绿灯 as words."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many hours or days. Refuses (ValueError) nothing, less than nothing, parts of a day, and
    more than ten years."""

    value: float
    unit: LimitUnit

    def __post_init__(self) -> None:
        most = 3653 if self.unit in _IN_DAYS else 87_672
        if not 0 < self.value <= most:
            raise ValueError("a limit is more than nothing and at most ten years")
        if self.unit in _IN_DAYS and self.value != int(self.value):
            raise ValueError("a limit in days is a whole number of days")


def limit_of(words: str) -> Limit | None:
    """The limit that was kept as its value and unit, "4 working_hours"; None for other words."""
    value, _space, unit = words.partition(" ")
    try:
        return Limit(float(value), LimitUnit(unit))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a limit; provisional when a notice still to come may move it."""

    moment: datetime
    provisional: bool


def due(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    hours: Hours,
    pauses: Iterable[Pause] = (),
) -> Due:
    """When the limit that begins at `start` ends, the time of `pauses` given back.

    Never fails for a calendar: a year not announced makes the answer provisional. Refuses naive
    moments and a pause that ends before it begins (ValueError).
    """
    stops = _merged(pauses)
    if limit.unit in _IN_DAYS:
        moment = _due_in_days(start, limit, calendar, hours, stops)
    else:
        target = _position(start, limit.unit, calendar, hours)
        begin, target = target, target + round(limit.value * _HOUR)
        for pause in stops:
            first, last = (_position(edge, limit.unit, calendar, hours) for edge in pause)
            first, last = max(first, begin), max(last, begin)
            if first < target:
                target += last - first
        moment = _moment(target, limit.unit, calendar, hours)
    settled = limit.unit not in _BY_CALENDAR or calendar.settled_between(_day(start), _day(moment))
    return Due(moment, not settled)


def close_of(day: date, hours: Hours) -> datetime:
    """When the work of this day ends, if it is a working day."""
    return _wall(day.toordinal(), hours.close)


def elapsed(
    start: datetime,
    end: datetime,
    unit: LimitUnit,
    calendar: Calendar,
    hours: Hours,
    pauses: Iterable[Pause] = (),
) -> float:
    """How much of a limit that began at `start` is used up at `end`, in its unit.

    Hours come with their fraction, days whole. 0 when `end` is not after `start`. Exactly the
    value of a limit at the moment `due` gives for it. A pause still running is given up to `end`.
    """
    stops = _merged(pauses)
    if end <= start:
        return 0.0
    if unit not in _IN_DAYS:
        return _running(start, end, unit, calendar, hours, stops) / _HOUR
    first = _ordinal_index(_day(start).toordinal() + 1, unit, calendar)
    last = _next_close(end, unit, calendar, hours)
    lost = sum(
        max(0, min(to, last) - max(since, first))
        for since, to in (
            tuple(_next_close(edge, unit, calendar, hours) for edge in pause) for pause in stops
        )
    )
    return float(max(0, last - first - lost))


def left(
    start: datetime,
    now: datetime,
    limit: Limit,
    calendar: Calendar,
    hours: Hours,
    pauses: Iterable[Pause] = (),
) -> float:
    """What is left of the limit at `now`, in its unit; below 0 when it is overdue."""
    return limit.value - elapsed(start, now, limit.unit, calendar, hours, pauses)


def running_time(
    start: datetime,
    end: datetime,
    unit: LimitUnit,
    calendar: Calendar,
    hours: Hours,
    pauses: Iterable[Pause] = (),
) -> timedelta:
    """The time the unit's clock runs from `start` to `end`, pauses out; negative backwards.

    Open hours for 工作时 and 工作日, time without a break for the other two: what is shown as
    "还剩" and kept as the length of a stage left.
    """
    stops = _merged(pauses)
    if end < start:
        return -_running(end, start, unit, calendar, hours, stops) * _MICROSECOND
    return _running(start, end, unit, calendar, hours, stops) * _MICROSECOND


def light(
    start: datetime,
    due_moment: datetime,
    now: datetime,
    unit: LimitUnit,
    calendar: Calendar,
    hours: Hours,
    pauses: Iterable[Pause] = (),
    yellow_share: float = 0.25,
) -> Light:
    """Red after the due moment, yellow when less than `yellow_share` of the running time is
    left, green before. The share is local (a row of the `limits` pack)."""
    if now > due_moment:
        return Light.RED
    stops = _merged(pauses)
    whole = _running(start, due_moment, unit, calendar, hours, stops)
    rest = _running(now, due_moment, unit, calendar, hours, stops)
    return Light.YELLOW if rest < yellow_share * whole else Light.GREEN


def _due_in_days(
    start: datetime, limit: Limit, calendar: Calendar, hours: Hours, stops: Sequence[Pause]
) -> datetime:
    """The close of the last counted day; days are counted by index (see `_next_close`)."""
    unit = limit.unit
    first = _ordinal_index(_day(start).toordinal() + 1, unit, calendar)
    last = first + int(limit.value) - 1
    for pause in stops:
        since, to = (_next_close(edge, unit, calendar, hours) for edge in pause)
        since, to = max(since, first), max(to, first)
        if since <= last:
            last += to - since
    ordinal = last if unit is LimitUnit.CALENDAR_DAYS else calendar.ordinal_at(last)
    return _wall(ordinal, hours.close)


def _ordinal_index(ordinal: int, unit: LimitUnit, calendar: Calendar) -> int:
    """The index of the first counted day from this one on: its ordinal, or its rank."""
    return ordinal if unit is LimitUnit.CALENDAR_DAYS else calendar.rank(ordinal)


def _next_close(moment: datetime, unit: LimitUnit, calendar: Calendar, hours: Hours) -> int:
    """The index of the first counted day that closes after the moment."""
    ordinal, since_midnight = _parts(moment)
    return _ordinal_index(ordinal + (since_midnight >= hours.close), unit, calendar)


def _running(
    start: datetime,
    end: datetime,
    unit: LimitUnit,
    calendar: Calendar,
    hours: Hours,
    stops: Sequence[Pause],
) -> int:
    """Microseconds of the unit's clock between two moments in order, pauses out."""
    measure = LimitUnit.WORKING_HOURS if unit in _BY_CALENDAR else LimitUnit.URGENT_HOURS
    begin = _position(start, measure, calendar, hours)
    finish = _position(end, measure, calendar, hours)
    lost = 0
    for pause in stops:
        first, last = (_position(edge, measure, calendar, hours) for edge in pause)
        lost += max(0, min(last, finish) - max(first, begin))
    return finish - begin - lost


def _position(moment: datetime, unit: LimitUnit, calendar: Calendar, hours: Hours) -> int:
    """The moment on the unit's own time line: microseconds since 1970, or of open time."""
    if unit is LimitUnit.URGENT_HOURS:
        return (_aware(moment) - _EPOCH) // _MICROSECOND
    ordinal, since_midnight = _parts(moment)
    rank = calendar.rank(ordinal)
    if calendar.rank(ordinal + 1) == rank:
        return rank * hours.length
    return rank * hours.length + hours.open_before(since_midnight)


def _moment(position: int, unit: LimitUnit, calendar: Calendar, hours: Hours) -> datetime:
    """The first moment at this place of the time line: the close of a day, not the next morning."""
    if unit is LimitUnit.URGENT_HOURS:
        return _EPOCH + position * _MICROSECOND
    days, opened = divmod(position - 1, hours.length)
    return _wall(calendar.ordinal_at(days), hours.moment_of(opened + 1))


def _parts(moment: datetime) -> tuple[int, int]:
    """Ordinal of the day in China, and microseconds since its midnight."""
    wall = _aware(moment).astimezone(SHANGHAI)
    seconds = (wall.hour * 60 + wall.minute) * 60 + wall.second
    return wall.toordinal(), seconds * 1_000_000 + wall.microsecond


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("limits are reckoned from aware moments only")
    return moment


def _day(moment: datetime) -> date:
    return date.fromordinal(_parts(moment)[0])


def _wall(ordinal: int, since_midnight: int) -> datetime:
    midnight = datetime.combine(date.fromordinal(ordinal), time.min, SHANGHAI)
    return (midnight + since_midnight * _MICROSECOND).astimezone(UTC)


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, overlapping ones joined, empty ones gone."""
    merged: list[Pause] = []
    for begin, end in sorted((_aware(begin), _aware(end)) for begin, end in pauses):
        if end < begin:
            raise ValueError("a pause ends after it begins")
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif begin < end:
            merged.append((begin, end))
    return merged
