"""When a stage falls due: limits of the packs, hours of the unit, the calendar of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, workdays
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Assignment, Case, StageRow
from gezhi.work.cases.rules import Stage


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
) -> StageDue:
    """The due moment of a stage begun at `start` in the hours of `unit`.

    `since` is when the case was reported and `pack_id` the pack of its class: it keeps the limits
    that held then, whatever was changed after.

    `name` is a stage, or `answering` for the promise to a reporter. A limit that runs into a year
    whose holidays are not announced is provisional and recomputed by `recompute`.
    """
    limit = codes.limit(
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
    )


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
