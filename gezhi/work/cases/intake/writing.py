"""The rows of one report: it with its words and its reporter, and the step."""

from datetime import datetime

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.seals import Seals
from gezhi.kernel import secrets
from gezhi.kernel.fields import seal_into
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, numbers, signals
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.intake.report_text import Intake
from gezhi.work.cases.models import Case, Report, Reporter, ReportWords, Step
from gezhi.work.cases.photos import attach
from gezhi.work.cases.rules import Deed
from gezhi.work.deeds import steps


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
    """One report with its words, its reporter (sealed) and its photos; promised by the intake's clock."""
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
    """The step of a report that came in, and the task that tells whoever it concerns.

    It is the last of what is written: it settles the head.
    """
    seat = by.seats[0] if by.seats else None
    step = Step(
        district_id=case.district_id,
        case=case,
        serial=case.version,
        round=case.round,
        deed=deed,
        from_state=from_state,
        to_state=case.state,
        report_id=row.pk,
        user_id=by.user_id,
        system_name=by.system_name,
        post_id=seat.post_id if seat else None,
        unit_id=seat.unit_id if seat else None,
        holder_before_id=case.holder_id if from_state else None,
        holder_after_id=case.holder_id,
        due_after=case.due_at,
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
        deed_key=key,
        content_digest=digest,
    )
    head = steps.append(step, kind=Doing.kind, verbs=Doing.verbs, by=by)
    audit.settle_head(head, seals)
    signals.stepped.send(sender=Case, case=case, step=step)
    return step
