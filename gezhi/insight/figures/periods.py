"""Periods of figures: a day, a week or a month of China, from its first moment up to the next one's.

Pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gezhi.kernel.clock import SHANGHAI

# Before so many working days of a period have passed, its shares say nothing yet.
ENOUGH = 3


class Span(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A span that begins on `first` and ends where `last` begins, which it has not."""

    span: Span
    first: date

    @property
    def last(self) -> date:
        """The first day that is no part of it."""
        match self.span:
            case Span.DAY:
                return self.first + timedelta(days=1)
            case Span.WEEK:
                return self.first + timedelta(days=7)
            case Span.MONTH:
                return _month(self.first, 1)

    @property
    def began_at(self) -> datetime:
        return _midnight(self.first)

    @property
    def ended_at(self) -> datetime:
        return _midnight(self.last)

    @property
    def code(self) -> str:
        """2026-11-29, 2026-W48, 2026-11: what tables of an operator and the trail call it."""
        match self.span:
            case Span.DAY:
                return self.first.isoformat()
            case Span.WEEK:
                year, week, _day = self.first.isocalendar()
                return f"{year}-W{week:02}"
            case Span.MONTH:
                return f"{self.first:%Y-%m}"

    def before(self) -> "Period":
        """The one it is compared with: the week before, the month before; of a day the same of last
        week, since Sunday is no Monday."""
        match self.span:
            case Span.MONTH:
                return Period(self.span, _month(self.first, -1))
            case _:
                return Period(self.span, self.first - timedelta(days=7))

    def year_before(self) -> "Period":
        """The same month of last year; of days and weeks what lies 52 weeks back."""
        match self.span:
            case Span.MONTH:
                return Period(self.span, _month(self.first, -12))
            case _:
                return Period(self.span, self.first - timedelta(days=364))

    def earlier(self) -> "Period":
        """The one that ends where this begins."""
        return holding(self.span, self.first - timedelta(days=1))

    def later(self) -> "Period":
        """The one that begins where this ends."""
        return holding(self.span, self.last)


def holding(span: Span, day: date) -> Period:
    """The period of this length that a day lies in."""
    match span:
        case Span.DAY:
            return Period(span, day)
        case Span.WEEK:
            return Period(span, day - timedelta(days=day.weekday()))
        case Span.MONTH:
            return Period(span, day.replace(day=1))


def to_open(span: Span, today: date, is_working: Callable[[date], bool]) -> Period:
    """What a page shows that is asked for no day: the period that runs, and the one before it while
    fewer than three working days of the running one have passed."""
    running = holding(span, today)
    days = (today - running.first).days
    passed = sum(is_working(running.first + timedelta(days=day)) for day in range(days))
    return running if passed >= ENOUGH else running.earlier()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _month(first: date, months: int) -> date:
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
