"""审核通过: the community passes what was handled on the spot, in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.closing import closed
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, do
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.own_work import own_work
from gezhi.work.cases.rules import Deed, Rule, Standing, State
from gezhi.work.deeds.rules import moving


def _only_on_the_spot(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if not case.on_the_spot or case.check_passed:
        return Conflict(_("只有待审核的自行处置可以这样通过"), code="state")
    return own_work(case, by, seat)


declare(
    Declared(
        Deed.PASS,
        Rule(
            moving((State.CHECKING, State.CLOSED)),
            (Standing.HOLDER,),
            frozenset({Role.COMMUNITY_CLERK}),
            "社区工作人员，只限即采即办",
        ),
        word=gettext_lazy("审核通过"),
        to_reporter=gettext_lazy("社区核查通过，办完了"),
        to_worker=gettext_lazy("审核通过"),
        tells=Tells(reporters=True),
        place=120,
        for_reporter=True,
        refusal=_only_on_the_spot,
    )
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row of a bulk deed."""

    number: str
    done: bool
    message: str = ""


def pass_on_the_spot(*, numbers: Sequence[str], by: Viewer, key: str) -> list[Outcome]:
    """审核通过 of 即采即办 in bulk by the community, each with its photos; counted apart.

    Each case is its own transaction: one refused does not keep the others.
    """
    outcomes = []
    for number in dict.fromkeys(numbers):
        try:
            do(Deed.PASS, {}, _pass, number=number, by=by, key=derived(key, number))
            outcomes.append(Outcome(number, True))
        except Refusal as refusal:
            outcomes.append(Outcome(number, False, str(refusal.message)))
    return outcomes


def _pass(doing: Doing) -> Step:
    doing.case.checked_by = doing.by.user_id
    doing.case.check_passed_at = doing.now
    return closed(doing)
