"""提请裁决: whose the case is shall be ruled; asked by the dispatcher, or by the rule of returns."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.disputing import disputed, returns_in_this_round
from gezhi.work.cases.doing import OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _nothing_disputed(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.DISPUTED in case.all_marks:
        return Conflict(_("已经提请裁决，等值班长裁决"), code="state")
    if not returns_in_this_round(case):
        return Conflict(_("还没有单位退过单，没有争议：请先派单"), code="state")
    return None


declare(
    Declared(
        Deed.DISPUTE,
        Rule(
            staying({State.ACCEPTED}),
            (Standing.HOLDER, Standing.SYSTEM),
            frozenset({Role.DISPATCHER}),
            "持有单位的派遣员",
        ),
        word=gettext_lazy("提请裁决"),
        to_worker=gettext_lazy("归谁办有争议，等裁决"),
        tells=Tells(unit=(Role.SUPERVISOR,)),
        place=75,
        refusal=_nothing_disputed,
    )
)


def dispute(*, words: str = "", **to: Unpack[OnCase]) -> Step:
    """提请裁决: the case waits for a ruling, which has a clock of its own; nobody dispatches it.

    Refuses (Conflict) a case that no unit returned in this round, or that waits already.
    """
    words = valid_words(words)
    return do(Deed.DISPUTE, {"words": words}, lambda doing: disputed(doing, words), **to)
