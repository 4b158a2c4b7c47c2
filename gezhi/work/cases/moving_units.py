"""What a case has to do with one unit goes to another."""

from django.db.models import QuerySet

from gezhi.records.units.models import Unit
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Assignment, Case, Exclusion
from gezhi.work.cases.rules import State


def move_unit(doing: Doing, from_unit: Unit, to_unit: Unit) -> None:
    """Have `to_unit` take the place of `from_unit`: assignments, rework to come, the case itself; due times
    stay. It was sent once, and is counted once: from the day it was sent, for whoever has it now."""
    case = doing.case
    for assignment in Assignment.objects.filter(case=case, unit=from_unit, ended_at=None):
        # Whoever takes a call over is scored in the place of the other.
        gone = {"returned_at": doing.now} if assignment.part == "called" else {}
        doing.seals.change(assignment, ended_at=doing.now, **gone)
        taken = _taken(case, to_unit, assignment)
        if assignment.part == "called" and taken.exists():
            continue
        if assignment.part == "assist" and taken.exists():
            _owe_the_answer(doing, assignment, taken)
            continue
        for assisting in taken.filter(part="assist"):
            doing.seals.change(assisting, ended_at=doing.now)
        again = Assignment(
            district_id=case.district_id,
            case=case,
            unit=to_unit,
            part=assignment.part,
            round=assignment.round,
            sent_at=assignment.sent_at,
            sent_by=assignment.sent_by,
            due_at=assignment.due_at,
            awaited=assignment.awaited,
            clock_began_at=assignment.began_at,
            limit_words=assignment.limit_words,
            provisional=assignment.provisional,
            calendar_version=assignment.calendar_version,
            whistle=assignment.whistle,
            absence=assignment.absence,
            taken_at=assignment.taken_at,
            finished_at=assignment.finished_at,
            reworked=assignment.reworked,
        )
        doing.seals.insert(again)
        doing.seals.change(assignment, handed_on=True)
        for left_out in Exclusion.objects.filter(assignment=assignment, included_at=None):
            doing.seals.change(left_out, assignment=again)
    if case.finished_unit_id == from_unit.pk and case.state == State.CHECKING:
        # Rework would go to the successor; the finisher stays the person who did it.
        case.finished_unit_id = to_unit.pk
    if case.holder_id == from_unit.pk:
        doing.move(State(case.state), to_unit, restart=False)


def _taken(case: Case, to_unit: Unit, assignment: Assignment) -> QuerySet[Assignment]:
    """What the other unit has of the same kind: work, or a call to the place, which stand apart."""
    rows = Assignment.objects.filter(case=case, unit=to_unit, ended_at=None)
    if assignment.part == "called":
        return rows.filter(part="called")
    return rows.exclude(part="called")


def _owe_the_answer(doing: Doing, assignment: Assignment, taken: QuerySet[Assignment]) -> None:
    """Whoever assists already and gets another's part is waited for where that was."""
    if assignment.awaited and assignment.finished_at is None:
        for assisting in taken.filter(part="assist", awaited=False, finished_at=None):
            doing.seals.change(assisting, awaited=True)
