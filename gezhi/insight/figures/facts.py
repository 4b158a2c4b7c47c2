"""What a counter is, and whether it counts a row.

Pure. A counter says of rows of `work/cases` which of them it counts; the day that says into which
period a row falls is one for each counter, and no indicator mixes two. `counts` judges one row given
as a plain mapping; `reckoning` says the same to the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Day(StrEnum):
    """The moment by which a row falls into a period."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    ENDED = "ended"
    DUE = "due"
    SENT = "sent"
    RATED = "rated"


DAYS: dict[Day, str | Promise] = {
    Day.REPORTED: _("上报日"),
    Day.ACCEPTED: _("受理日"),
    Day.ENDED: _("结案日"),
    Day.DUE: _("到期日"),
    Day.SENT: _("派单日"),
    Day.RATED: _("评价日"),
}
# A row whose moment is still to come has not fallen due, and is counted nowhere yet.
MOMENTS: dict[Day, str] = {
    Day.REPORTED: "reported_at",
    Day.ACCEPTED: "accepted_at",
    Day.ENDED: "ended_at",
    Day.DUE: "promised_at",
    Day.SENT: "sent_at",
    Day.RATED: "rated_at",
}


# Of a row besides its columns: the moment of asking, and whether a hang or an extension was granted in
# the round its case is in.
NOW, DELAYED = "now", "delayed"


class Ask(StrEnum):
    """What is asked of a column."""

    IS = "is"
    AMONG = "among"
    KNOWN = "known"
    AT_LEAST = "at_least"
    AFTER = "after"  # another column
    TO_COME = "to_come"  # now or later: what ends at its very due time is on time
    SAME_AS = "same_as"  # another column
    MARKED = "marked"
    UNMARKED = "unmarked"


@dataclass(frozen=True, slots=True)
class Test:
    """One question to a column of a row; columns of its case begin with `case__`."""

    __test__ = False  # no case of pytest

    column: str
    ask: Ask
    value: Any = True


Tests = tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """What is counted: rows that pass every test, and of which no refusal holds whole.

    `hours` are the two columns whose distance is summed, of a counter that is an amount of time.
    """

    name: str
    words: str | Promise
    day: Day
    passes: Tests = ()
    unless: tuple[Tests, ...] = ()
    hours: tuple[str, str] | None = None


def counts(counter: Counter, row: Mapping[str, Any]) -> bool:
    """Whether the counter counts this row; KeyError where the row lacks a column."""
    return all(_holds(test, row) for test in counter.passes) and not any(
        all(_holds(test, row) for test in refusal) for refusal in counter.unless
    )


def seconds(counter: Counter, row: Mapping[str, Any]) -> int:
    """What a counted row adds to an amount of time."""
    if counter.hours is None:
        raise ValueError(f"{counter.name} counts rows")
    began, ended = counter.hours
    return int((row[ended] - row[began]).total_seconds())


def _holds(test: Test, row: Mapping[str, Any]) -> bool:
    found = row[test.column]
    match test.ask:
        case Ask.IS:
            return bool(found == test.value)
        case Ask.AMONG:
            return found in test.value
        case Ask.KNOWN:
            return bool((found is not None) == test.value)
        case Ask.AT_LEAST:
            return bool(found is not None and found >= test.value)
        case Ask.AFTER:
            other = row[test.value]
            return bool(found is not None and other is not None and found > other)
        case Ask.TO_COME:
            return bool(found is not None and found >= row[NOW])
        case Ask.SAME_AS:
            return bool(found == row[test.value])
        case Ask.MARKED:
            return bool(test.value in found.split())
        case Ask.UNMARKED:
            return bool(test.value not in found.split())
    raise ValueError(test.ask)
