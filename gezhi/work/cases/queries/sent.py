"""To which units a case was sent, and what became of each part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gezhi.kernel import clock
from gezhi.work.cases.queries import belonging


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment, lead or assist."""

    unit_id: int
    unit_name: str
    part: str
    round: int
    sent_at: datetime
    due_at: datetime
    taken_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    right_unit_id: int | None
    right_unit_name: str
    return_duty_name: str
    return_duty_basis: str
    misrouted: bool
    reworked: int
    duty_name: str
    duty_basis: str
    ended_at: datetime | None
    awaited: bool = False
    answer: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was answered after its own due time, or is not answered and late now."""
        if self.ended_at is not None and self.finished_at is None:
            return False
        return (self.finished_at or clock.now()) > self.due_at


def sent(case_id: int, answers: Mapping[int, str]) -> list[AssignmentLine]:
    """To whom a case the viewer was shown was sent, in order, with what assisting units answered."""
    return [
        AssignmentLine(
            unit_id=row.unit_id,
            unit_name=row.unit.name,
            part=row.part,
            round=row.round,
            sent_at=row.sent_at,
            due_at=row.due_at,
            taken_at=row.taken_at,
            finished_at=row.finished_at,
            returned_at=row.returned_at,
            right_unit_id=row.return_unit_id,
            right_unit_name=row.return_unit.name if row.return_unit else "",
            return_duty_name=row.return_duty.name if row.return_duty else "",
            return_duty_basis=row.return_duty.legal_basis if row.return_duty else "",
            misrouted=row.misrouted,
            reworked=row.reworked,
            duty_name=row.duty.name if row.duty else "",
            duty_basis=row.duty.legal_basis if row.duty else "",
            ended_at=row.ended_at,
            awaited=row.awaited,
            answer=answers.get(row.pk, ""),
        )
        for row in belonging.assignments(case_id)
    ]
