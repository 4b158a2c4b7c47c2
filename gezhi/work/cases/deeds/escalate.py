"""升级: a level hands up what it cannot settle; or the clock does, by a rule of the pack."""

from typing import Any, Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.levels import next_unit, nowhere_to_go, stays_reported
from gezhi.work.cases.models import Assignment, Case, StageRow, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

BY_PEOPLE, BY_RULE = "by_people", "by_rule"
# What a unit of people may hand up; what it was only sent it returns.
ESCALATED_FROM = (State.REPORTED, State.ACCEPTED, State.DISPATCHED, State.HANDLING)


def _not_to_be_handed_up(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    return nowhere_to_go(case, by, seat)


declare(
    Declared(
        Deed.ESCALATE,
        Rule(
            moving(*((state, stays_reported(state)) for state in ESCALATED_FROM)),
            (Standing.HOLDER, Standing.SYSTEM),
            frozenset({Role.COMMUNITY_CLERK, Role.DISPATCHER, Role.SUPERVISOR}),
            "持有单位的社区经办、派遣员或值班长",
        ),
        word=gettext_lazy("升级"),
        to_reporter=gettext_lazy("交给上一级的%(unit)s来管"),
        to_worker=gettext_lazy("升级到上一级"),
        tells=Tells(unit=(Role.ACCEPTOR, Role.DISPATCHER, Role.SUPERVISOR)),
        place=168,
        refusal=_not_to_be_handed_up,
    )
)


def escalate(*, words: str, **to: Unpack[OnCase]) -> Step:
    """升级 by people: to the next level, which sends it on; what was sent to units ends.

    Refuses (Invalid) without a reason; (Conflict) where nobody at the next level could take it.
    """
    words = valid_words(words, required=True, what=_("为什么升级"))

    def body(doing: Doing) -> Step:
        return _up(doing, words=words, reason_code=BY_PEOPLE)

    return do(Deed.ESCALATE, {"words": words}, body, **to)


def escalate_by_rule(*, stage_id: int, rule: str, **to: Unpack[OnCase]) -> Step:
    """升级 by a rule of the pack, named in the step's detail, once a stage.

    Refuses (Conflict) a stage that runs no more, and as `escalate`.
    """

    def body(doing: Doing) -> Step:
        if not StageRow.objects.filter(pk=stage_id, case=doing.case, ended_at=None).exists():
            raise doing.not_now()
        return _up(doing, reason_code=BY_RULE, detail={"rule": rule, "stage": stage_id})

    return do(Deed.ESCALATE, {"stage": stage_id, "rule": rule}, body, **to)


def _up(
    doing: Doing, *, words: str = "", reason_code: str, detail: dict[str, Any] | None = None
) -> Step:
    holder, state = doing.holder, stays_reported(State(doing.case.state))
    above = next_unit(doing.case, holder, state)
    if above is None:
        raise nowhere_to_go(doing.case, doing.by, doing.seat) or doing.not_now()
    sent = Assignment.objects.filter(case=doing.case, ended_at=None).exclude(part="called")
    for assignment in sent:
        doing.seals.change(assignment, ended_at=doing.now)
    doing.move(state, above)
    doing.mark(Mark.ESCALATED)
    return doing.finish(
        words=words,
        reason_code=reason_code,
        detail={"from": holder.pk, "to": above.pk, **(detail or {})},
    )
