"""The rows of one voice: the report with its words and its reporter, and the step."""

from datetime import datetime

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.seals import Seals
from gezhi.ground.jobs import actions as jobs
from gezhi.kernel import secrets
from gezhi.kernel.fields import seal_into
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, numbers, tasks
from gezhi.work.cases.actions._steps import attach, write_step
from gezhi.work.cases.actions.report.said import Intake
from gezhi.work.cases.models import Case, Report, Reporter, ReportWords, Step
from gezhi.work.cases.rules import Deed


def write_report(
    intake: Intake,
    case: Case,
    by: Viewer,
    now: datetime,
    unit: Unit,
    seals: Seals,
    *,
    joined: bool,
) -> Report:
    """One voice with its words, its reporter (sealed) and its photos; promised by the intake's clock."""
    promise = clocks.due_of("answering", unit=unit, start=now, urgency=intake.urgency)
    row = Report(
        district_id=case.district_id,
        number=numbers.report_number(now),
        case=case,
        first_case=case,
        channel=intake.channel,
        kind=intake.kind,
        language=intake.language,
        happened_at=min(intake.happened_at, now) if intake.happened_at else None,
        received_at=now,
        promised_at=intake.origin.due_at
        if intake.origin and intake.origin.due_at
        else promise.moment,
        anonymous=intake.contact.is_empty,
        confidential=intake.confidential,
        entered_by=by.user_id,
        joined=joined,
    )
    seals.insert(row)
    seals.insert(ReportWords(report=row, text=intake.text, place_words=intake.where.words))
    if not intake.contact.is_empty:
        reporter = Reporter(report=row)
        seal_into(reporter, "name", intake.contact.name)
        seal_into(reporter, "phone", intake.contact.phone)
        if intake.contact.phone:
            reporter.phone_index = secrets.blind_index("phone", intake.contact.phone)
        seals.insert(reporter)
    attach(case, {"report": list(intake.photos)}, seals, report=row)
    return row


def write_report_step(
    deed: Deed,
    case: Case,
    row: Report,
    by: Viewer,
    key: str,
    digest: str,
    intake: Intake,
    now: datetime,
    seals: Seals,
    *,
    from_state: str,
) -> Step:
    """The step of a voice that came in, and the task that tells whoever it concerns.

    It is the last of what is written: it settles the head.
    """
    seat: Seat | None = by.seats[0] if by.seats else None
    step, head = write_step(
        case=case,
        deed=deed,
        by=by,
        seat=seat,
        key=key,
        digest=digest,
        from_state=from_state,
        holder_before_id=case.holder_id if from_state else None,
        seconds_left=None,
        # What a fast clock claims counts as now.
        happened_at=min(intake.happened_at or now, now),
        recorded_at=now,
        detail={
            "channel": intake.channel,
            # Everything on the receipt that may change later, so that asking again answers the same.
            "told": {
                "promised": row.promised_at.isoformat(),
                "community": case.community_id,
                "grid": case.grid_id,
                "place": case.place_id,
            },
        },
        report_id=row.pk,
    )
    audit.settle_head(head, seals)
    # A fresh step's key is nobody else's: no savepoint, no question.
    jobs.enqueue(tasks.announce, key=f"announce:{step.pk}", fresh=True, step_id=step.pk)
    return step
