"""When a stage falls due: limits of the packs, hours of the unit, the calendar of notices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, workdays
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Assignment, Case, StageRow
from gezhi.work.cases.rules import Mark, Stage

# How long a stage of a case with a mark may take, where its owner says so; asked of no other case.
_LIMITS: dict[Mark, Callable[[Case, str], workdays.Limit | None]] = {}


def register_limits(mark: Mark, ask: Callable[[Case, str], workdays.Limit | None]) -> None:
    """Let the owner of a mark say how long the stages of its cases may take; None: as otherwise."""
    _LIMITS[mark] = ask


@dataclass(frozen=True, slots=True)
class StageDue:
    """A due moment with what it was computed from, so that it can be explained years later."""

    moment: datetime
    provisional: bool
    calendar_version: str
    limit_words: str

    @property
    def columns(self) -> dict[str, Any]:
        """As a stage and an assignment keep it."""
        return {
            "due_at": self.moment,
            "provisional": self.provisional,
            "calendar_version": self.calendar_version,
            "limit_words": self.limit_words,
        }


def due_of(
    name: Stage | str,
    *,
    unit: Unit,
    start: datetime,
    class_code: str = "",
    urgency: str = "ordinary",
    since: datetime | None = None,
    pack_id: int | None = None,
    limit: workdays.Limit | None = None,
) -> StageDue:
    """The due moment of a stage begun at `start` in the hours of `unit`.

    `since` is when the case was reported and `pack_id` the pack of its class: it keeps the limits
    that held then, whatever was changed after. A `limit` that is given goes before both.

    `name` is a stage, or `answering` for the promise to a reporter. A limit that runs into a year
    whose holidays are not announced is provisional and recomputed by `recompute`.
    """
    limit = limit or codes.limit(
        str(name), class_code=class_code, urgency=urgency, since=since, pack_id=pack_id
    )
    due = workdays.due(start, limit, codes.calendar(), units.hours_of(unit))
    return StageDue(
        moment=due.moment,
        provisional=due.provisional,
        calendar_version=codes.calendar_version(),
        limit_words=f"{limit.value} {limit.unit}",
    )


def due_of_case(stage: Stage, case: Case, unit: Unit, start: datetime) -> StageDue:
    """The due moment of a stage of this case, by its class and urgency."""
    return due_of(
        stage,
        unit=unit,
        start=start,
        class_code=case.class_code,
        urgency=case.urgency,
        since=case.reported_at,
        pack_id=case.pack_id,
        limit=_limit_by_mark(case, stage),
    )


def _limit_by_mark(case: Case, stage: Stage) -> workdays.Limit | None:
    for mark in sorted(case.all_marks & _LIMITS.keys()) if case.marks else ():
        limit = _LIMITS[mark](case, str(stage))
        if limit is not None:
            return limit
    return None


def is_at_work(unit: Unit, moment: datetime) -> bool:
    """Whether the unit works at this moment, as far as the calendar knows."""
    local = clock.local(moment)
    minute = local.hour * 60 + local.minute
    spans = units.hours_of(unit).spans
    return codes.calendar().is_working(local.date()) and any(
        opening <= minute < closing for opening, closing in spans
    )


def due_again(
    running: Assignment | StageRow,
    stage: Stage,
    case: Case,
    unit: Unit,
    *,
    longer: int = 0,
    stops: Sequence[workdays.Pause] = (),
) -> StageDue:
    """The due moment of a clock that runs already: its own limit and what an extension adds to it,
    from when it began, in the hours of the unit, without the time it stood.

    A row that kept no limit has the one that held when the case was reported.
    """
    limit = workdays.limit_of(running.limit_words) or codes.limit(
        stage,
        class_code=case.class_code,
        urgency=case.urgency,
        since=case.reported_at,
        pack_id=case.pack_id,
    )
    whole = workdays.Limit(limit.value + longer, limit.unit)
    due = workdays.due(running.began_at, whole, codes.calendar(), units.hours_of(unit), stops)
    return StageDue(
        moment=due.moment,
        provisional=due.provisional,
        calendar_version=codes.calendar_version(),
        limit_words=f"{limit.value} {limit.unit}",
    )
