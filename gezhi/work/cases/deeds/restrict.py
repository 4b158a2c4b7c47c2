"""定为保密: from now on only those who have the case in hand see it (`rules.RESTRICTED`)."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases import signals
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import INTAKE, Confidentiality, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _restricted_already(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    return Conflict(_("这件事已经是保密的"), code="state") if case.is_restricted else None


declare(
    Declared(
        Deed.RESTRICT,
        # Later a unit has read it already, and what was read cannot be taken back.
        Rule(
            staying({State.REPORTED, State.ACCEPTED}),
            (Standing.HOLDER,),
            INTAKE | {Role.DISPATCHER},
            "持有单位的受理员或派遣员",
        ),
        word=gettext_lazy("定为保密"),
        announced=False,
        place=200,
        refusal=_restricted_already,
    )
)


def restrict(*, words: str = "", **to: Unpack[OnCase]) -> Step:
    """Keep a case confidential that came in open; before it was sent to a unit, and for good.

    Refuses (Conflict) one that is restricted already. Only reporters are told what they were told
    before; nobody gets a notice.
    """
    words = valid_words(words)

    def body(doing: Doing) -> Step:
        doing.case.confidentiality = Confidentiality.RESTRICTED
        step = doing.finish(words=words)
        signals.restricted.send(sender=Case, case=doing.case, step=step)
        return step

    return do(Deed.RESTRICT, {"words": words}, body, **to)
