"""The calendar of the shipped pack, for tests of working time."""

from functools import cache

from gezhi.kernel.tests.packs import table
from gezhi.kernel.workdays import Calendar, notices_from


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one table of the calendar pack."""
    return table("calendar", name)


@cache
def shipped() -> Calendar:
    """The calendar every test may share: it is immutable."""
    return Calendar(notices_from(rows("years.csv"), rows("arrangements.csv")))
