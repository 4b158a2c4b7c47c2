"""The requests as the file has them, and the recount of what was on time, straight from it."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = (
    Path(__file__).resolve().parents[3]
    / "shared" / "data" / "requests_311" / "boston_311_2011H2.csv.gz"
)  # fmt: skip
COLUMNS = (
    "case_enquiry_id", "open_dt", "target_dt", "closed_dt", "ontime", "case_title", "type",
    "department", "location", "latitude", "longitude",
)  # fmt: skip
# The limits of a pack reach ten years; the file ends before any longer one could be missed.
LONGEST = timedelta(hours=87_672)


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `target` is None where the city set no limit, `closed` where it stands open."""

    number: str
    opened: datetime
    target: datetime | None
    closed: datetime | None
    verdict: str
    title: str
    type: str
    department: str
    location: str
    latitude: float
    longitude: float

    @property
    def limit(self) -> timedelta:
        """Its own limit, in whole hours, or to the second where it was closed within an hour of it.

        The shortest there is for one whose target lies before it was opened: it was late at once.
        """
        if self.target is None:
            return LONGEST
        if self.target <= self.opened:
            return timedelta(seconds=1)
        exact = max(timedelta(seconds=1), self.target - self.opened)
        hours = timedelta(hours=max(1, round(exact / timedelta(hours=1))))
        is_near = self.closed is not None and abs(self.closed - self.target) <= timedelta(hours=1)
        return min(LONGEST, exact if is_near else hours)


@dataclass(frozen=True, slots=True)
class Judged:
    """How many requests of a type were on time, and how many were not or are over their limit."""

    on_time: int
    late: int


def requests_in(path: Path) -> list[Request]:
    """Every request of the file, the oldest first; KeyError where a column is missing."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        found = [
            Request(
                number=row["case_enquiry_id"],
                opened=_moment(row["open_dt"]) or datetime.min.replace(tzinfo=UTC),
                target=_moment(row["target_dt"]),
                closed=_moment(row["closed_dt"]),
                verdict=row["ontime"],
                title=row["case_title"],
                type=row["type"],
                department=row["department"],
                location=" ".join(row["location"].split()),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
            )
            for row in csv.DictReader(file)
        ]
    return sorted(found, key=lambda request: (request.opened, request.number))


def _moment(text: str) -> datetime | None:
    """Wall-clock times as they stand: differences are those of the file, whatever the zone."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) if text else None


def end_of(requests: Iterable[Request]) -> datetime:
    """A moment after everything that happened in the file."""
    last = max(request.closed or request.opened for request in requests)
    return last + timedelta(hours=1)


def recount(requests: Iterable[Request], end: datetime) -> dict[str, Judged]:
    """By type, from opening, target and closing alone: nothing of ours is asked."""
    on_time: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for request in requests:
        is_late = request.target is not None and (request.closed or end) > request.target
        (late if is_late else on_time)[request.type] += 1
    return {name: Judged(on_time[name], late[name]) for name in sorted(on_time | late)}


def verdicts(requests: Iterable[Request]) -> dict[str, int]:
    """How many the city itself calls on time, overdue, or nothing."""
    return dict(Counter(request.verdict or "-" for request in requests))
