"""Which days are working days: Monday to Friday, put right by the yearly notices.

The State Council announces each autumn which days of the next year are off and which weekends are
worked instead (调休). Nothing here guesses a year that was not announced: it counts with what is
known and says so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
# The notice of a year has reached back as far as 29 December (2018), so the last days of a year
# are not settled before the next notice.
_SETTLED_UNTIL = (12, 28)


@dataclass(frozen=True, slots=True)
class YearNotice:
    """Days off and make-up working days that the notice of one year sets.

    Either may lie in the last days of the year before. A year with `announced=False` may carry the
    days fixed by law alone; every limit that touches it is provisional.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    announced: bool = True
    notice: str = ""


class Calendar:
    """Working days of China for all time, settled for the announced years.

    Immutable, so threads share one. Counting costs O(log n) in the number of days that differ from
    a plain Monday-to-Friday week: between two such days the count is a division.
    """

    def __init__(self, years: Mapping[int, YearNotice]) -> None:
        """Take the notices by year; a day both off and worked is refused (ValueError)."""
        self.years: Mapping[int, YearNotice] = dict(years)
        off = {day for notice in years.values() for day in notice.holidays}
        worked = {day for notice in years.values() for day in notice.workdays}
        if both := off & worked:
            raise ValueError(f"{min(both)} is both a day off and a make-up working day")
        changes = [(day.toordinal(), -1) for day in off if day.weekday() < 5]
        changes += [(day.toordinal(), 1) for day in worked if day.weekday() >= 5]
        changes.sort()
        self._days = [ordinal for ordinal, _ in changes]
        self._sums = [0]
        for _, change in changes:
            self._sums.append(self._sums[-1] + change)
        self._through = [self.rank(ordinal + 1) for ordinal in self._days]

    def is_working(self, day: date) -> bool:
        """Whether the day is worked, as far as is known."""
        ordinal = day.toordinal()
        return self.rank(ordinal + 1) > self.rank(ordinal)

    def is_settled(self, day: date) -> bool:
        """Whether no notice still to come can change the day."""
        if not self._announced(day.year):
            return False
        return (day.month, day.day) < _SETTLED_UNTIL or self._announced(day.year + 1)

    def settled_between(self, first: date, last: date) -> bool:
        """Whether every day from first to last, both counted, is settled."""
        if not (self.is_settled(first) and self.is_settled(last)):
            return False
        return all(self._announced(year) for year in range(first.year, last.year))

    def rank(self, ordinal: int) -> int:
        """How many working days lie before the day of this ordinal (`date.toordinal`)."""
        return _weekdays_before(ordinal) + self._sums[bisect_left(self._days, ordinal)]

    def ordinal_at(self, rank: int) -> int:
        """The working day that has exactly `rank` working days before it: `rank` inverted."""
        passed = bisect_right(self._through, rank)
        if passed < len(self._days):
            change = self._days[passed]
            if self.rank(change) == rank and self._through[passed] == rank + 1:
                return change
        weeks, day = divmod(rank - self._sums[passed], 5)
        return 7 * weeks + day + 1

    def _announced(self, year: int) -> bool:
        notice = self.years.get(year)
        return notice is not None and notice.announced


def _weekdays_before(ordinal: int) -> int:
    """Mondays to Fridays before the day; 1 January of the year 1 has ordinal 1, a Monday."""
    weeks, day = divmod(ordinal - 1, 7)
    return 5 * weeks + min(day, 5)


def notices_from(
    years: Iterable[Mapping[str, str]], arrangements: Iterable[Mapping[str, str]]
) -> dict[int, YearNotice]:
    """The notices of the calendar pack (`packs/calendar`), from its two tables.

    A year has `code` (2026), `announced` (yes or no) and `notice`; an arrangement has `parent` (its
    year), `off_from`, `off_to` (both counted, may be empty) and `worked` (dates apart by blanks).
    Raises ValueError on a date that is none, KeyError on an arrangement of a missing year.
    """
    found = {
        int(row["code"]): YearNotice(announced=row["announced"] == "yes", notice=row["notice"])
        for row in years
    }
    for row in arrangements:
        year = int(row["parent"])
        before = found[year]
        found[year] = YearNotice(
            holidays=before.holidays | _span(row["off_from"], row["off_to"]),
            workdays=before.workdays | {date.fromisoformat(day) for day in row["worked"].split()},
            announced=before.announced,
            notice=before.notice,
        )
    return found


def _span(first: str, last: str) -> frozenset[date]:
    if not first and not last:
        return frozenset()
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    if not timedelta(0) <= end - day < timedelta(days=15):
        raise ValueError(f"a holiday from {first} to {last} is none")
    days = set()
    while day <= end:
        days.add(day)
        day += _DAY
    return frozenset(days)
