"""The hours in which a unit works on a working day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_MINUTE = 60_000_000


@dataclass(frozen=True)
class Hours:
    """Spans of a working day in minutes after midnight, half-open, in order, apart.

    The same on every working day, make-up days too. Refuses (ValueError) no span at all, an empty
    or overlapping one, and anything outside 00:00–24:00.
    """

    spans: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        end = 0
        for opening, closing in self.spans:
            if not end <= opening < closing:
                raise ValueError("hours are spans in order that do not overlap")
            end = closing
        if not self.spans or end > 24 * 60:
            raise ValueError("hours are at least one span between 00:00 and 24:00")

    @classmethod
    def parse(cls, words: Iterable[Sequence[str]]) -> "Hours":
        """Hours from clock words: `[["09:00", "12:00"], ["13:00", "17:00"]]`; 24:00 is allowed."""
        return cls(tuple((_minutes(opening), _minutes(closing)) for opening, closing in words))

    def words(self) -> list[list[str]]:
        """The inverse of `parse`."""
        return [[_clock(opening), _clock(closing)] for opening, closing in self.spans]

    @cached_property
    def length(self) -> int:
        """Open microseconds of one working day."""
        return sum(closing - opening for opening, closing in self.spans) * _MINUTE

    @cached_property
    def close(self) -> int:
        """Microseconds after midnight at which the day's work ends."""
        return self.spans[-1][1] * _MINUTE

    def open_before(self, moment: int) -> int:
        """Open microseconds of a working day before this moment of it (microseconds)."""
        total = 0
        for opening, closing in self.spans:
            if moment <= opening * _MINUTE:
                break
            total += min(moment, closing * _MINUTE) - opening * _MINUTE
        return total

    def moment_of(self, opened: int) -> int:
        """The first moment of the day with this much open time before it, 0 < opened ≤ length."""
        for opening, closing in self.spans:
            span = (closing - opening) * _MINUTE
            if opened <= span:
                return opening * _MINUTE + opened
            opened -= span
        raise ValueError("a day has no more open time than its length")


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isdigit() and len(minute) == 2):
        raise ValueError(f"{clock!r} is no time of day")
    if int(minute) > 59:
        raise ValueError(f"{clock!r} is no time of day")
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


OFFICE_HOURS = Hours.parse([["09:00", "12:00"], ["13:00", "17:00"]])
