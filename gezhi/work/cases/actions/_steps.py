"""The one way a step gets written: chained, recorded, with the photos that hang on it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Head
from gezhi.ground.audit.rules import keyed
from gezhi.ground.audit.seals import Seals
from gezhi.kernel import rows
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases import clocks
from gezhi.work.cases.models import Attachment, Case, Report, StageRow, Step
from gezhi.work.cases.rules import Deed, Stage


def write_step(
    *,
    case: Case,
    deed: Deed,
    by: Viewer,
    seat: Seat | None,
    key: str,
    digest: str,
    from_state: str,
    holder_before_id: int | None,
    seconds_left: int | None,
    happened_at: datetime,
    recorded_at: datetime,
    reason_code: str = "",
    detail: dict[str, Any] | None = None,
    report_id: int | None = None,
    serial: int | None = None,
) -> tuple[Step, Head]:
    """Append one step, link it to the case's chain and record it in the audit trail.

    Whatever else the deed writes comes before `audit.settle_head` of the head that is answered.
    """
    step = Step(
        district_id=case.district_id,
        case=case,
        serial=serial or case.version,
        round=case.round,
        deed=deed,
        from_state=from_state,
        to_state=case.state,
        report_id=report_id,
        user_id=by.user_id,
        system_name=by.system_name,
        post_id=seat.post_id if seat else None,
        unit_id=seat.unit_id if seat else None,
        holder_before_id=holder_before_id,
        holder_after_id=case.holder_id,
        due_after=case.due_at,
        seconds_left=seconds_left,
        happened_at=happened_at,
        recorded_at=recorded_at,
        reason_code=reason_code,
        detail=detail or {},
        deed_key=key,
        content_digest=digest,
    )
    step.digest = step_digest(step)
    head = audit.extend_chain("case", case.pk, step.digest, first=step.serial == 1)
    step.chain_digest = head.digest
    rows.insert(step)
    audit.record(
        by=by,
        verb=f"cases.{deed.value}",
        subject_kind="case",
        subject_id=case.pk,
        post_id=step.post_id,
        unit_id=step.unit_id,
        detail={"step": step.pk},
        subject_digest=step.chain_digest,
        district_id=case.district_id,
    )
    return step, head


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
            due_at=due.moment,
            provisional=due.provisional,
            calendar_version=due.calendar_version,
            limit_words=due.limit_words,
        )
    )


def step_digest(step: Step) -> str:
    """The keyed digest of every stored field of a step; words are sealed by `content_digest`."""
    return keyed(step_content(step))


def step_content(step: Step) -> dict[str, Any]:
    """What the digest of a step covers."""
    return {
        "id": step.pk,
        "case": step.case_id,
        "serial": step.serial,
        "round": step.round,
        "deed": str(step.deed),
        "from": str(step.from_state),
        "to": str(step.to_state),
        "report": step.report_id,
        "user": step.user_id,
        "system": step.system_name,
        "post": step.post_id,
        "unit": step.unit_id,
        "holder_before": step.holder_before_id,
        "holder_after": step.holder_after_id,
        "due": _microseconds(step.due_after),
        "left": step.seconds_left,
        "happened": _microseconds(step.happened_at),
        "recorded": _microseconds(step.recorded_at),
        "reason": step.reason_code,
        "detail": step.detail,
        "key": step.deed_key,
        "content": step.content_digest,
    }


def _microseconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp() * 1_000_000) if moment else None


def attach(
    case: Case,
    photos: Mapping[str, Sequence[int]],
    seals: Seals,
    *,
    report: Report | None = None,
    step: Step | None = None,
) -> None:
    """Tie stored files to the case by purpose (report, before, after, check)."""
    for purpose, file_ids in photos.items():
        for file_id in file_ids:
            seals.insert(
                Attachment(
                    district_id=case.district_id,
                    case=case,
                    report=report,
                    step=step,
                    file_id=file_id,
                    purpose=purpose,
                )
            )
