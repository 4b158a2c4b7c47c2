"""From the dispatcher to the unit and back: dispatch, take, return, finish."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, signals
from gezhi.work.cases.doing import Doing, begin
from gezhi.work.cases.kinds import needs_of_return
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import Deed, Stage, State
from gezhi.work.deeds.asked import checked_words


@transaction.atomic
def dispatch(
    *,
    number: str,
    by: Viewer,
    key: str,
    lead_unit_id: int,
    assist_unit_ids: Sequence[int] = (),
    words: str = "",
    version: int | None = None,
) -> Step:
    """派单: send the case to one lead unit and any assisting units, each with its due time.

    Locks the units, so that one closing at the same moment is either refused or waits. Refuses
    (Invalid) a unit that is unknown, closed, or named twice; a restricted case without words, since
    the unit reads them in the place of the reporter's.
    """
    words = checked_words(words)
    assists = sorted(set(assist_unit_ids))
    doing = begin(
        Deed.DISPATCH,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"lead": lead_unit_id, "assist": assists, "words": words},
    )
    if doing.answered:
        return doing.answered
    if lead_unit_id in assists:
        raise Invalid(_("主办单位不能同时是协办单位"), field="assist_unit_ids")
    case = doing.case
    if case.is_restricted and not words:
        raise Invalid(
            _("这件事保密，承办单位看不到反映人的话：请写明要办什么，不要写是谁说的"),
            field="words",
        )
    chosen = _open_units(case, [lead_unit_id, *assists])
    lead = chosen[lead_unit_id]
    duty = duties.duty_for(case.district_id, case.class_code, case)
    _note_misrouted(doing, lead)
    doing.move(State.DISPATCHED, lead)
    for unit in chosen.values():
        due = clocks.due_of_case(Stage.HANDLING, case, unit, doing.now)
        sending = Assignment(
            district_id=case.district_id,
            case=case,
            unit=unit,
            part="lead" if unit.pk == lead.pk else "assist",
            round=case.round,
            sent_at=doing.now,
            sent_by=by.user_id,
            due_at=due.moment,
            duty=duty if duty is not None and duty.lead_unit_id == unit.pk else None,
        )
        doing.seals.insert(sending)
    step = doing.finish(words=words, detail={"lead": lead.pk, "assist": assists})
    signals.dispatched.send(sender=Case, case=case, step=step)
    return step


def _open_units(case: Case, unit_ids: list[int]) -> dict[int, Unit]:
    rows = {
        unit.pk: unit
        for unit in Unit.objects.select_for_update(of=("self",))
        .filter(pk__in=unit_ids, district_id=case.district_id, closed_at=None)
        .order_by("pk")
    }
    if len(rows) != len(set(unit_ids)):
        raise Invalid(_("有的单位已经撤并或不存在，请重新选择"), field="lead_unit_id")
    return rows


def _note_misrouted(doing: Doing, lead: Unit) -> None:
    """A returned sending was wrong when the next one goes to another unit."""
    case = doing.case
    last = (
        Assignment.objects.filter(case=case, part="lead", round=case.round)
        .exclude(returned_at=None)
        .order_by("-sent_at", "-id")
        .first()
    )
    if last is not None and last.unit_id != lead.pk and not last.misrouted:
        doing.seals.change(last, misrouted=True)


@transaction.atomic
def take(*, number: str, by: Viewer, key: str, version: int | None = None) -> Step:
    """接单: the unit begins; its handling clock runs from the sending, not from here."""
    doing = begin(Deed.TAKE, number=number, by=by, key=key, version=version, content={})
    if doing.answered:
        return doing.answered
    lead = _open_lead(doing.case)
    doing.seals.change(lead, taken_at=doing.now)
    doing.move(State.HANDLING, doing.holder)
    _due_as_sent(doing, lead)
    return doing.finish()


def _due_as_sent(doing: Doing, lead: Assignment) -> None:
    """Taking late does not lengthen the time to handle: its clock began with the sending."""
    doing.case.due_at = lead.due_at
    for running in doing.case.stages.filter(ended_at=None):
        doing.seals.change(running, began_at=lead.sent_at, due_at=lead.due_at)


@transaction.atomic
def return_to_centre(
    *,
    number: str,
    by: Viewer,
    key: str,
    reason_code: str,
    duty_id: int | None,
    right_unit_id: int | None,
    words: str,
    version: int | None = None,
) -> Step:
    """退单: cite the duty and name the right unit; the case goes back to the centre.

    Refuses (Invalid) a return without a reason from the dictionary or without words, one that lacks
    what its reason needs (a duty where the list has one, the right unit), or that names the
    returning unit itself.
    """
    words = checked_words(words, required=True)
    doing = begin(
        Deed.RETURN,
        number=number,
        by=by,
        key=key,
        version=version,
        content={
            "reason": reason_code,
            "duty": duty_id,
            "unit": right_unit_id,
            "words": words,
        },
    )
    if doing.answered:
        return doing.answered
    if codes.term("return_reasons", reason_code) is None:
        raise Invalid(_("请选择退单理由"), field="reason_code")
    case = doing.case
    needs = needs_of_return(reason_code)
    if right_unit_id is None and "unit" in needs:
        raise Invalid(_("请写明应由哪个单位办理"), field="right_unit_id")
    if right_unit_id == case.holder_id:
        raise Invalid(_("应办单位不能是本单位自己"), field="right_unit_id")
    if right_unit_id is not None and units.find(case.district_id, right_unit_id) is None:
        raise Invalid(_("没有这个单位，请重新选择"), field="right_unit_id")
    listed = "duty" in needs and duties.any_for(case.district_id, case.class_code)
    if duty_id is None and listed:
        raise Invalid(_("请引用权责清单中的一条"), field="duty_id")
    if duty_id is not None and duties.find(case.district_id, duty_id) is None:
        raise Invalid(_("没有这条权责事项，请重新选择"), field="duty_id")
    now = doing.now
    for sending in Assignment.objects.filter(case=case, ended_at=None):
        returned = {
            "returned_at": now,
            "return_duty_id": duty_id,
            "return_unit_id": right_unit_id,
        }
        doing.seals.change(sending, ended_at=now, **(returned if sending.part == "lead" else {}))
    doing.move(State.ACCEPTED, doing.centre)
    return doing.finish(
        words=words,
        reason_code=reason_code,
        detail={"duty": duty_id, "right_unit": right_unit_id},
    )


@transaction.atomic
def finish(
    *,
    number: str,
    by: Viewer,
    key: str,
    words: str,
    photos: list[int] | None = None,
    before_photos: list[int] | None = None,
    happened_at: datetime | None = None,
    version: int | None = None,
) -> Step:
    """办结: the unit says what it did, which the reporter reads; somebody else will check it."""
    words = checked_words(words, required=True, what=_("办理结果"))
    doing = begin(
        Deed.FINISH,
        number=number,
        by=by,
        key=key,
        version=version,
        happened_at=happened_at,
        content={"words": words, "photos": photos or [], "before": before_photos or []},
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    lead = _open_lead(case)
    doing.seals.change(lead, finished_at=doing.now)
    note_finished(case, by, lead.unit_id, doing.now)
    doing.move(State.CHECKING, doing.centre)
    return doing.finish(
        words=words,
        for_reporter=True,
        photos={"before": before_photos or [], "after": photos or []},
    )


def note_finished(case: Case, by: Viewer, unit_id: int, now: datetime) -> None:
    """Note who handled it: whoever that is may not check it."""
    case.finished_at = now
    case.finished_by = by.user_id
    case.finished_unit_id = unit_id
    case.check_passed_at = None
    case.checked_by = None


def _open_lead(case: Case) -> Assignment:
    lead = Assignment.objects.filter(case=case, part="lead", ended_at=None).first()
    if lead is None:
        raise Doing.not_now()
    return lead
