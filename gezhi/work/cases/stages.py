"""The stretches of a case under one clock each."""

from datetime import datetime

from gezhi.ground.audit.seals import Seals
from gezhi.work.cases import clocks
from gezhi.work.cases.models import Case, StageRow
from gezhi.work.cases.rules import Stage


def write_stage(
    case: Case, stage: Stage, unit_id: int, now: datetime, due: clocks.StageDue, seals: Seals
) -> None:
    """Begin one stretch of a case under one clock, with the versions its due time came from."""
    seals.insert(
        StageRow(
            district_id=case.district_id,
            case=case,
            stage=stage,
            round=case.round,
            unit_id=unit_id,
            began_at=now,
            **due.columns,
        )
    )
