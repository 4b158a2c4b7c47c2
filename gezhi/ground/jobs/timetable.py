"""What is done at which times: the shape of a line of `config/schedule.py`, and its moments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django_tasks.base import Task as Definition

from gezhi.kernel import clock


@dataclass(frozen=True, slots=True)
class Timed:
    """One timed task: every so many seconds, or daily at a time in China; it takes no arguments.

    Raises ValueError unless exactly one of `every` (seconds, at least one) and `daily` is given.
    """

    name: str
    task: Definition[..., Any]
    every: int = 0
    daily: time | None = None
    owner_role: str = "system_administrator"

    def __post_init__(self) -> None:
        if (self.every > 0) == (self.daily is not None):
            raise ValueError(f"{self.name}: either every so many seconds, or daily at a time")

    def last_due(self, now: datetime) -> datetime:
        """The newest moment at or before `now` at which it was due.

        Only the newest counts: after a stop of a week a task runs once, not seven times.
        """
        if self.daily is None:
            seconds = int(now.timestamp())
            return datetime.fromtimestamp(seconds - seconds % self.every, UTC)
        local = clock.local(now)
        moment = datetime.combine(local.date(), self.daily, clock.SHANGHAI)
        return moment if moment <= now else moment - timedelta(days=1)


Timetable = tuple[Timed, ...]
_load: Callable[[], Timetable] | None = None


def install(load: Callable[[], Timetable]) -> None:
    """Tell where the timetable is; called once by `config`, which stands above all tasks."""
    global _load
    _load = load


def timetable() -> Timetable:
    """Every timed task; RuntimeError when none is installed, ValueError for a name used twice."""
    if _load is None:
        raise RuntimeError("no timetable is installed: gezhi.config installs it")
    lines = _load()
    if len({line.name for line in lines}) != len(lines):
        raise ValueError("two lines of the timetable have the same name")
    return lines
