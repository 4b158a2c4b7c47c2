"""A rota's pattern, the calendar and what was changed by hand, as shifts 班次; pure.

Days are China's, shifts are half-open [from, to) and answered in UTC. A line says on which days it
holds, from which minute to which (more than 24:00 runs into the next day), and whose turn it is.
A change puts one person, or nobody, in the place of whoever the pattern names, for its span only;
of two changes the later one holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.workdays import Calendar

DAY_MINUTES = 24 * 60
_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """On which days a line holds; the last three are all days there are, each once."""

    EVERY = "every"
    WORKDAY = "workday"  # 调休 included
    REST = "rest"  # weekends that are not worked and no holiday
    HOLIDAY = "holiday"  # days off by a notice, the weekends among them too


class Turn(StrEnum):
    """When the next of the ring comes: with each day the line holds, or with each Monday."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pattern; `weekdays` are 0 for Monday to 6, none for all of them.

    Of several people each has the turn after the other; of none it is a gap from the start.
    """

    kind: DayKind
    from_minute: int
    to_minute: int
    people: tuple[int, ...]
    weekdays: frozenset[int] = frozenset()
    turn: Turn = Turn.DAY
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """From a moment to a moment somebody else is on duty, or nobody (None)."""

    from_at: datetime
    to_at: datetime
    user_id: int | None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One shift: whose, by which line or change. `user_id` None is a gap 空档."""

    from_at: datetime
    to_at: datetime
    user_id: int | None
    line_id: int | None = None
    change_id: int | None = None


def kind_of(day: date, calendar: Calendar) -> DayKind:
    """What kind of a day it is: worked, off by a notice, or a plain day of rest."""
    if calendar.is_working(day):
        return DayKind.WORKDAY
    # The notice of a year may reach into the last days of the year before.
    notices = (calendar.years.get(year) for year in (day.year, day.year + 1))
    if any(notice is not None and day in notice.holidays for notice in notices):
        return DayKind.HOLIDAY
    return DayKind.REST


def holds(line: Line, day: date, calendar: Calendar) -> bool:
    """Whether a shift of this line begins on the day."""
    if line.weekdays and day.weekday() not in line.weekdays:
        return False
    return line.kind is DayKind.EVERY or line.kind is kind_of(day, calendar)


def moment(day: date, minute: int) -> datetime:
    """So many minutes after the midnight of a day in China."""
    midnight = datetime.combine(day, time(), SHANGHAI)
    return (midnight + timedelta(minutes=minute)).astimezone(UTC)


def planned(
    lines: Iterable[Line],
    changes: Sequence[Change],
    calendar: Calendar,
    *,
    first: date,
    end: date,
) -> list[Planned]:
    """The shifts of a pattern that begins on `first`, those that begin before the day `end`.

    The turn is counted from `first`, so the same pattern answers the same however far one looks.
    `changes` in the order they were made. In order of time.
    """
    found = [shift for line in lines for shift in _of_line(line, calendar, first, end)]
    limit = moment(end, 0)
    for change in changes:
        if change.from_at < limit:
            found = [piece for shift in found for piece in _without(shift, change)]
            found.append(Planned(change.from_at, change.to_at, change.user_id, change_id=change.id))
    return sorted(found, key=lambda shift: (shift.from_at, shift.to_at))


def _of_line(line: Line, calendar: Calendar, first: date, end: date) -> Iterator[Planned]:
    held, day = 0, first
    while day < end:
        if holds(line, day, calendar):
            yield Planned(
                from_at=moment(day, line.from_minute),
                to_at=moment(day, line.to_minute),
                user_id=_turn(line, held, first, day),
                line_id=line.id,
            )
            held += 1
        day += _DAY


def _turn(line: Line, held: int, first: date, day: date) -> int | None:
    if not line.people:
        return None
    passed = held if line.turn is Turn.DAY else (_monday(day) - _monday(first)).days // 7
    return line.people[passed % len(line.people)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _without(shift: Planned, change: Change) -> Iterator[Planned]:
    """What is left of a shift beside a change: all, one end, both, or nothing."""
    if change.to_at <= shift.from_at or shift.to_at <= change.from_at:
        yield shift
        return
    if shift.from_at < change.from_at:
        yield replace(shift, to_at=change.from_at)
    if change.to_at < shift.to_at:
        yield replace(shift, from_at=change.to_at)


def overlap(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The places of two lines that could name two people for one minute; None where none could.

    Whatever the calendar says: a working day may follow any day.
    """
    for place, one in enumerate(lines):
        for other_place, other in enumerate(lines[:place]):
            if _meet(one, other) or _runs_into(one, other) or _runs_into(other, one):
                return other_place, place
    return None


def _meet(one: Line, other: Line) -> bool:
    """On one and the same day."""
    kinds = {one.kind, other.kind} - {DayKind.EVERY}
    if len(kinds) > 1 or not _days(one) & _days(other):
        return False
    return one.from_minute < other.to_minute and other.from_minute < one.to_minute


def _runs_into(early: Line, late: Line) -> bool:
    """A shift past midnight, into one that begins on the next day."""
    over = early.to_minute - DAY_MINUTES
    if over <= late.from_minute:
        return False
    return bool({(day + 1) % 7 for day in _days(early)} & _days(late))


def _days(line: Line) -> frozenset[int]:
    return line.weekdays or frozenset(range(7))
