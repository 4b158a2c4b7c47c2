"""How a case is sent to its units, by whichever deed: 派单, or a ruling 裁决 that says whose it is."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import prepared
from gezhi.kernel.errors import Invalid
from gezhi.records.duties import queries as duties
from gezhi.records.duties.models import Duty
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, signals
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Assignment, Case, Precedent, Step
from gezhi.work.cases.rules import Mark, Stage, State


def chosen_helpers(
    assist_unit_ids: Collection[int], awaited_unit_ids: Collection[int]
) -> tuple[list[int], list[int]]:
    """Who assists and whom of them the lead waits for, each once, in order.

    Refuses (Invalid) one waited for that does not assist.
    """
    assists, awaited = sorted(set(assist_unit_ids)), sorted(set(awaited_unit_ids))
    if not set(awaited) <= set(assists):
        raise Invalid(
            _("要等的只能是选了的协办单位，请在协办单位里勾上它"), field="awaited_unit_ids"
        )
    return assists, awaited


def send(
    doing: Doing,
    lead_unit_id: int,
    assists: list[int],
    words: str,
    *,
    awaited: Collection[int] = (),
    precedent: Precedent | None = None,
    reason_code: str = "",
    detail: dict[str, Any] | None = None,
) -> Step:
    """Send the case to one lead unit and any that assist, each with its due time; writes the step.

    The lead cannot finish before those `awaited` have answered.
    Locks the units, so that one closing at the same moment is either refused or waits. Refuses
    (Invalid) a unit that is unknown, closed, or named twice; a restricted case without words.
    """
    if lead_unit_id in assists:
        raise Invalid(_("主办单位不能同时是协办单位"), field="assist_unit_ids")
    case = doing.case
    if case.is_restricted and not words:
        raise Invalid(
            _("这件事保密，承办单位看不到反映人的话：请写明要办什么，不要写是谁说的"),
            field="words",
        )
    chosen = open_units(case, [lead_unit_id, *assists])
    lead = chosen[lead_unit_id]
    duty, rested = _basis(doing, lead)
    _note_misrouted(doing, lead)
    doing.move(State.DISPATCHED, lead)
    for unit in chosen.values():
        due = clocks.due_of_case(Stage.HANDLING, case, unit, doing.now)
        leads = unit.pk == lead.pk
        assignment = Assignment(
            district_id=case.district_id,
            case=case,
            unit=unit,
            part="lead" if leads else "assist",
            round=case.round,
            sent_at=doing.now,
            sent_by=doing.by.user_id,
            **due.columns,
            awaited=unit.pk in awaited,
            duty=duty if leads else None,
            precedent=precedent if leads else None,
        )
        doing.seals.insert(assignment)
    if assists:
        doing.mark(Mark.ASSISTED)
    cited: dict[str, Any] = {"precedent": precedent.pk} if precedent is not None else rested
    if awaited:
        cited["awaited"] = sorted(awaited)
    step = doing.finish(
        words=words,
        reason_code=reason_code,
        detail={"lead": lead.pk, "assist": assists, **cited, **(detail or {})},
    )
    signals.dispatched.send(sender=Case, case=case, step=step)
    return step


def _basis(doing: Doing, lead: Unit) -> tuple[Duty | None, dict[str, Any]]:
    """By which row of the list it is this unit's, and what the step cites of the rule that sent it there.

    A rule goes before the list: where one names the unit, it is cited with its own basis, and the row
    it rests on, if it rests on one. Who sends another unit than the rule's cites the list alone.
    """
    case = doing.case
    routed = duties.route_for(
        case.district_id, case.class_code, case, doing.now, case.urgency, held_by=case.holder_id
    )
    if routed is not None and routed.is_rule and routed.lead_unit_id == lead.pk:
        return routed.duty, {"route": routed.route_id, "basis": routed.basis}
    listed = routed.duty if routed is not None and not routed.is_rule else None
    if routed is not None and routed.is_rule:
        listed = duties.duty_for(case.district_id, case.class_code, case)
    return (listed if listed is not None and listed.lead_unit_id == lead.pk else None), {}


def open_units(case: Case, unit_ids: list[int], *, field: str = "lead_unit_id") -> dict[int, Unit]:
    """These units of the district, locked, so that none closes meanwhile; refuses (Invalid, naming
    the field) one that is unknown or closed."""
    found = prepared.ask(_to_lock, tuple(unit_ids), case.district_id)
    rows = {unit.pk: unit for unit in found}
    if len(rows) != len(set(unit_ids)):
        raise Invalid(_("有的单位已经撤并或不存在，请重新选择"), field=field)
    return rows


def _note_misrouted(doing: Doing, lead: Unit) -> None:
    """A returned assignment was wrong when the next one goes to another unit."""
    case = doing.case
    for last in prepared.ask(_returned_last, case.pk, case.round):
        if last.unit_id != lead.pk and not last.misrouted:
            doing.seals.change(last, misrouted=True)
            doing.mark(Mark.MISROUTED)


def _to_lock(unit_ids: Sequence[int], district_id: int) -> QuerySet[Unit]:
    rows = Unit.objects.filter(pk__in=unit_ids, district_id=district_id, closed_at=None)
    return rows.order_by("pk").select_for_update(of=("self",))


def _returned_last(case_id: int, round_number: int) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(case=case_id, part="lead", round=round_number)
    return rows.exclude(returned_at=None).order_by("-sent_at", "-id")[:1]


def why_alone(*, restricted: bool, urgency: str, returned: bool) -> str:
    """Why a case is sent by itself and not together with others; "" where it may go with them."""
    if restricted:
        return _("保密的事要单独写转办内容，请打开来派")
    if urgency not in ("", "ordinary"):
        return _("紧急的事请打开来派")
    return _("退回过的事请打开来看过理由再派") if returned else ""
