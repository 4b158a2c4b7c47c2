"""What of a case counts in figures, as somebody chooses it: to appeal, to leave out, to take back."""

from dataclasses import dataclass
from datetime import datetime

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.appealing import Against, Counted, appealable, left_out_of, open_appeal
from gezhi.work.cases.declared import DECLARED
from gezhi.work.cases.models import Assignment, Case, StageRow
from gezhi.work.cases.queries import belonging
from gezhi.work.cases.rules import Deed
from gezhi.work.cases.standing import standing_of


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One thing of a case that counts or did: whose it is, since when, whether it is late."""

    scope: str
    row_id: int | None = None
    unit_id: int | None = None
    stage: str = ""
    late: bool = False
    since: datetime | None = None
    number: str = ""
    exclusion_id: int | None = None
    reason_code: str = ""
    score: int | None = None

    @property
    def word(self) -> str:
        """As a form carries it."""
        return Counted(self.scope, self.row_id).word


def appealable_lines(viewer: Viewer, case: Case, now: datetime) -> list[CountedLine]:
    """What the unit of the viewer's seat may appeal now."""
    given = standing_of(DECLARED[Deed.APPEAL].rule, case, viewer)
    return [
        _against(one) for one in appealable(case, given.seat.unit_id if given.seat else None, now)
    ]


def appealed_line(case: Case) -> CountedLine | None:
    """What the open appeal is about; None where none waits."""
    waiting = open_appeal(case)
    if waiting is None:
        return None
    if waiting.about == "score" and waiting.assignment is not None:
        return _scored(waiting.assignment)
    if waiting.assignment is not None:
        return _sent(waiting.assignment)
    return _stage(waiting.stage) if waiting.stage is not None else None


def countable_lines(case: Case) -> list[CountedLine]:
    """The case, its assignments, its ended stages and its ratings, but for what is left out already."""
    gone = {line.word for line in left_out_lines(case)}
    rated = [
        CountedLine("rating", report.pk, number=report.number)
        for report in belonging.reports(case.pk)
        if report.rated_at
    ]
    every = [
        CountedLine("case"),
        *map(_sent, belonging.assignments(case.pk)),
        *(_stage(stage) for stage in belonging.stages(case.pk) if stage.ended_at),
        *rated,
    ]
    return [line for line in every if line.word not in gone]


def left_out_lines(case: Case) -> list[CountedLine]:
    """What is left out now, with the reason."""
    sent = {row.pk: _sent(row) for row in belonging.assignments(case.pk)}
    stages = {row.pk: _stage(row) for row in belonging.stages(case.pk)}
    numbers = {report.pk: report.number for report in belonging.reports(case.pk)}
    found = []
    for row in left_out_of(case):
        line = CountedLine(row.scope, row.report_id, number=numbers.get(row.report_id or 0, ""))
        line = sent.get(row.assignment_id or 0) or stages.get(row.stage_id or 0) or line
        found.append(
            CountedLine(
                line.scope,
                line.row_id,
                line.unit_id,
                line.stage,
                line.late,
                line.since,
                line.number,
                row.pk,
                row.reason_code,
            )
        )
    return found


def _against(one: Against) -> CountedLine:
    if one.assignment is not None:
        return _scored(one.assignment) if one.about == "score" else _sent(one.assignment)
    stage = one.stage
    return CountedLine(
        "stage",
        one.counted.row_id,
        one.unit_id,
        stage.stage if stage else "",
        late=True,
        since=stage.due_at if stage else one.since,
    )


def _sent(row: Assignment) -> CountedLine:
    return CountedLine("assignment", row.pk, row.unit_id, since=row.sent_at)


def _scored(row: Assignment) -> CountedLine:
    return CountedLine("score", row.pk, row.unit_id, since=row.due_at, score=row.score)


def _stage(row: StageRow) -> CountedLine:
    late = row.on_time is False
    return CountedLine("stage", row.pk, row.unit_id, row.stage, late=late, since=row.due_at)
