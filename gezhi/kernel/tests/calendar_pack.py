"""The calendar of the shipped pack, read with the standard library, for tests of working time."""

import csv
from functools import cache
from pathlib import Path

from gezhi.kernel.workdays import Calendar, notices_from

PACK = Path(__file__).resolve().parents[3] / "packs" / "calendar"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table of the pack."""
    with (PACK / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def shipped() -> Calendar:
    """The calendar every test may share: it is immutable."""
    return Calendar(notices_from(rows("years.csv"), rows("arrangements.csv")))
