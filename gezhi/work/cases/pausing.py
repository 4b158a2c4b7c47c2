"""Clocks that stand and run on 停表: what a case's hangs and extensions make of its due times.

The clock of a stage is due at its limit and what was added to it, from when it began, without the
time it stood (`kernel.workdays.due`): nothing else is kept, so that it can be reckoned again. While
a case hangs everything of it falls due at the review.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from gezhi.ground.codes import queries as codes
from gezhi.kernel.workdays import Pause
from gezhi.work.cases import clocks
from gezhi.work.cases.models import Assignment, Case, Extension, Hang, StageRow
from gezhi.work.cases.rules import Mark, Stage

if TYPE_CHECKING:
    from gezhi.work.cases.doing import Doing


def stops_of(case: Case) -> list[Pause]:
    """When the clocks of a case stood, each pause half-open; one that still lasts is not among them."""
    rows = Hang.objects.filter(case=case, granted=True, ended_at__isnull=False)
    return [
        (decided, ended)
        for decided, ended in rows.order_by("id").values_list("decided_at", "ended_at")
        if decided is not None and ended is not None
    ]


def added_to(stage: StageRow) -> int:
    """By how much the clock of a stage was lengthened, in the unit of its limit."""
    granted = Extension.objects.filter(stage=stage, granted=True)
    return granted.aggregate(sum=Sum("amount"))["sum"] or 0


def stand_until(doing: "Doing", review_at: datetime) -> None:
    """Stop the clocks: the case, its stage and what its units have to do fall due at the review."""
    doing.case.due_at = review_at
    doing.case.due_provisional = False
    for clock in (*_running(doing.case), *_unfinished(doing.case, Q(ended_at=None))):
        doing.seals.change(clock, due_at=review_at, provisional=False)


def run_on(doing: "Doing") -> clocks.StageDue | None:
    """End the hang at this moment: what stood runs on from here, also what ends by the same step.

    Answers when the running stage falls due now.
    """
    ending = Q(ended_at=None)
    for hang in Hang.objects.filter(case=doing.case, granted=True, ended_at=None):
        ending |= Q(ended_at=doing.now, due_at=hang.review_at)
        doing.seals.change(hang, ended_at=doing.now)
    doing.unmark(Mark.HUNG)
    return _reckoned(doing, _unfinished(doing.case, ending))


def reckon(doing: "Doing") -> None:
    """Reckon the clocks of a case that is handled anew: the case, its stage and its units."""
    due = _reckoned(doing, _unfinished(doing.case, Q(ended_at=None)))
    if due is not None:
        fall_due(doing, due)


def fall_due(doing: "Doing", due: clocks.StageDue) -> None:
    """Have the case fall due as its stage does."""
    doing.case.due_at, doing.case.due_provisional = due.moment, due.provisional


def reckon_provisional(doing: "Doing") -> str | None:
    """Reckon anew what a notice that was to come could move; answers the version of the calendar,
    None where there was nothing."""
    case, due = doing.case, None
    moved = Q(provisional=True)
    for running in _running(case) if case.due_provisional else ():
        if running.stage == Stage.HANDLING:
            # The unit falls due when its stage does.
            moved |= Q(part="lead")
            continue
        due = clocks.due_again(running, Stage(running.stage), case, doing.holder)
        doing.seals.change(running, **due.columns)
    waiting = _unfinished(case, Q(ended_at=None) & moved)
    due = _reckoned(doing, waiting) or due
    if due is not None:
        fall_due(doing, due)
    return codes.calendar_version() if due is not None or waiting else None


def _reckoned(doing: "Doing", assignments: Sequence[Assignment]) -> clocks.StageDue | None:
    """Reckon these, and the stage in which the case is handled: one clock for whoever looks, so the
    unit falls due when its stage does. Answers when that is."""
    case, of_stage = doing.case, None
    stops = stops_of(case)
    handled = _running(case).filter(stage=Stage.HANDLING).first()
    for one in assignments:
        if handled is not None and one.part == "lead":
            began_at, longer = handled.began_at, added_to(handled)
            due = of_stage = clocks.due_again(
                handled, Stage.HANDLING, case, one.unit, longer=longer, stops=stops
            )
            doing.seals.change(handled, **due.columns)
        else:
            began_at = one.began_at
            due = clocks.due_again(one, Stage.HANDLING, case, one.unit, stops=stops)
        doing.seals.change(one, **due.columns, clock_began_at=began_at)
    return of_stage


def _running(case: Case) -> QuerySet[StageRow]:
    return StageRow.objects.filter(case=case, ended_at=None)


def _unfinished(case: Case, which: Q) -> list[Assignment]:
    # By when the street wants somebody at the place is no clock that stands.
    rows = Assignment.objects.filter(which, case=case, finished_at=None).exclude(part="called")
    return list(rows.select_related("unit").order_by("id"))
