"""A clock walked minute by minute: the plain reference that property tests hold clocks against.

It knows nothing of `kernel.workdays`: a minute counts if the unit is open then, the day is worked
and nothing stands; a day counts if its last minute does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CHINA = ZoneInfo("Asia/Shanghai")
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Walk:
    """Which days are worked, and in which minutes of them a unit is open."""

    open_minutes: frozenset[int]
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    stood: tuple[Span, ...] = field(default=())

    def is_worked(self, day: date) -> bool:
        """Monday to Friday but for the holidays, and the days that make up for them."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def counts(self, minute: datetime, *, day_and_night: bool) -> bool:
        """Whether the clock runs in the minute that begins here."""
        if any(since <= minute < until for since, until in self.stood):
            return False
        wall = minute.astimezone(CHINA)
        of_day = wall.hour * 60 + wall.minute
        return day_and_night or (self.is_worked(wall.date()) and of_day in self.open_minutes)

    def hours(self, start: datetime, value: float, *, day_and_night: bool) -> datetime:
        """When so many hours of running clock are over."""
        moment, left = start, round(value * 60)
        while left:
            left -= self.counts(moment, day_and_night=day_and_night)
            moment += MINUTE
        return moment

    def days(self, start: datetime, value: int, *, every_day: bool) -> datetime:
        """The close of the last of so many days after that of the start."""
        close_at = max(self.open_minutes) + 1
        day, left, moment = start.astimezone(CHINA).date(), value, start
        while left:
            day += DAY
            close = datetime.combine(day, time.min, CHINA) + close_at * MINUTE
            stands = any(since < close <= until for since, until in self.stood)
            if (every_day or self.is_worked(day)) and not stands:
                left, moment = left - 1, close
        return moment

    def due(self, start: datetime, value: float, unit: str) -> datetime:
        """When a limit ends that is counted in one of the four units."""
        ways: dict[str, Callable[[], datetime]] = {
            "urgent_hours": lambda: self.hours(start, value, day_and_night=True),
            "working_hours": lambda: self.hours(start, value, day_and_night=False),
            "working_days": lambda: self.days(start, int(value), every_day=False),
            "calendar_days": lambda: self.days(start, int(value), every_day=True),
        }
        return ways[unit]()


def minutes_of(spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The minutes of a day within these spans of hours."""
    return frozenset(minute for first, last in spans for minute in range(first * 60, last * 60))
