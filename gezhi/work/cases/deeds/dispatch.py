"""派单: to one lead unit and any that assist it."""

from collections.abc import Sequence
from typing import Unpack

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel import prepared
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Role
from gezhi.records.duties import queries as duties
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, signals
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Stage, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.DISPATCH,
        Rule(
            moving((State.ACCEPTED, State.DISPATCHED)),
            (Standing.HOLDER,),
            frozenset({Role.DISPATCHER, Role.COMMUNITY_CLERK}),
            "持有单位的派遣员",
        ),
        word=gettext_lazy("派单"),
        to_reporter=gettext_lazy("交给%(unit)s办理"),
        to_worker=gettext_lazy("派给承办单位"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK), reporters=True, units_named="assist"
        ),
        place=70,
    )
)


def dispatch(
    *,
    lead_unit_id: int,
    assist_unit_ids: Sequence[int] = (),
    awaited_unit_ids: Sequence[int] = (),
    words: str = "",
    **to: Unpack[OnCase],
) -> Step:
    """派单: send the case to one lead unit and any assisting units, each with its due time.

    The lead cannot finish before the `awaited_unit_ids` among those that assist have answered. Locks the units, so that one closing at the same moment is either refused or waits. Refuses
    (Invalid) a unit that is unknown, closed, or named twice, or waited for
    without assisting; a restricted case without words, since
    the unit reads them in the place of the reporter's.
    """
    words = valid_words(words)
    assists = sorted(set(assist_unit_ids))
    awaited = sorted(set(awaited_unit_ids))
    if not set(awaited) <= set(assists):
        raise Invalid(
            _("要等的只能是选了的协办单位，请在协办单位里勾上它"), field="awaited_unit_ids"
        )
    content = {
        "lead": lead_unit_id,
        "assist": assists,
        "words": words,
        **({"awaited": awaited} if awaited else {}),
    }
    return do(
        Deed.DISPATCH,
        content,
        lambda doing: _send(doing, lead_unit_id, assists, awaited, words),
        **to,
    )


def _send(
    doing: Doing, lead_unit_id: int, assists: list[int], awaited: list[int], words: str
) -> Step:
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
        assignment = Assignment(
            district_id=case.district_id,
            case=case,
            unit=unit,
            part="lead" if unit.pk == lead.pk else "assist",
            round=case.round,
            sent_at=doing.now,
            sent_by=doing.by.user_id,
            due_at=due.moment,
            awaited=unit.pk in awaited,
            duty=duty if duty is not None and duty.lead_unit_id == unit.pk else None,
        )
        doing.seals.insert(assignment)
    if assists:
        doing.mark(Mark.ASSISTED)
    waits = {"awaited": awaited} if awaited else {}
    step = doing.finish(words=words, detail={"lead": lead.pk, "assist": assists, **waits})
    signals.dispatched.send(sender=Case, case=case, step=step)
    return step


def _open_units(case: Case, unit_ids: list[int]) -> dict[int, Unit]:
    found = prepared.ask(_to_lock, tuple(unit_ids), case.district_id)
    rows = {unit.pk: unit for unit in found}
    if len(rows) != len(set(unit_ids)):
        raise Invalid(_("有的单位已经撤并或不存在，请重新选择"), field="lead_unit_id")
    return rows


def _note_misrouted(doing: Doing, lead: Unit) -> None:
    """A returned assignment was wrong when the next one goes to another unit."""
    case = doing.case
    for last in prepared.ask(_returned_last, case.pk, case.round):
        if last.unit_id != lead.pk and not last.misrouted:
            doing.seals.change(last, misrouted=True)


def _to_lock(unit_ids: Sequence[int], district_id: int) -> QuerySet[Unit]:
    rows = Unit.objects.filter(pk__in=unit_ids, district_id=district_id, closed_at=None)
    return rows.order_by("pk").select_for_update(of=("self",))


def _returned_last(case_id: int, round_number: int) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(case=case_id, part="lead", round=round_number)
    return rows.exclude(returned_at=None).order_by("-sent_at", "-id")[:1]
