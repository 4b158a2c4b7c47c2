"""What a case has to do with one unit goes to another."""

from django.db.models import QuerySet

from gezhi.records.units.models import Unit
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Assignment
from gezhi.work.cases.rules import State


def move_unit(doing: Doing, from_unit: Unit, to_unit: Unit) -> None:
    """Have `to_unit` take the place of `from_unit`: assignments, rework to come, the case itself; due times stay."""
    case = doing.case
    for assignment in Assignment.objects.filter(case=case, unit=from_unit, ended_at=None):
        doing.seals.change(assignment, ended_at=doing.now)
        taken = Assignment.objects.filter(case=case, unit=to_unit, ended_at=None)
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
            sent_at=doing.now,
            sent_by=doing.by.user_id,
            due_at=assignment.due_at,
            awaited=assignment.awaited,
            clock_began_at=assignment.began_at,
            limit_words=assignment.limit_words,
            provisional=assignment.provisional,
            calendar_version=assignment.calendar_version,
            taken_at=assignment.taken_at,
            finished_at=assignment.finished_at,
            reworked=assignment.reworked,
        )
        doing.seals.insert(again)
    if case.finished_unit_id == from_unit.pk and case.state == State.CHECKING:
        # Rework would go to the successor; the finisher stays the person who did it.
        case.finished_unit_id = to_unit.pk
    if case.holder_id == from_unit.pk:
        doing.move(State(case.state), to_unit, restart=False)


def _owe_the_answer(doing: Doing, assignment: Assignment, taken: QuerySet[Assignment]) -> None:
    """Whoever assists already and gets another's part is waited for where that was."""
    if assignment.awaited and assignment.finished_at is None:
        for assisting in taken.filter(part="assist", awaited=False, finished_at=None):
            doing.seals.change(assisting, awaited=True)
