"""强制结案: the centre's chief ends what cannot walk its loop to the end, and says why."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Invalid, NotPermitted, Refusal
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.closing import closed
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving


def _own_work(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if by.user_id is not None and by.user_id == case.finished_by:
        return NotPermitted(_("谁办的谁不能结案：请由别的值班长强制结案"))
    return None


declare(
    Declared(
        Deed.FORCE_CLOSE,
        Rule(
            moving(*((state, State.CLOSED) for state in sorted(OPEN))),
            (Standing.CENTRE,),
            roles_with(Right.RULE),
            "街道网格中心的值班长",
        ),
        word=gettext_lazy("强制结案"),
        to_reporter=gettext_lazy("街道说明了原因，先结束办理"),
        to_worker=gettext_lazy("值班长强制结案"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK), reporters=True),
        place=220,
        for_reporter=True,
        refusal=_own_work,
        while_hung=True,
    )
)


def force_close(*, reason_code: str, words: str, **to: Unpack[OnCase]) -> Step:
    """强制结案: ends an open case in whatever state; the reporter reads the words and may say 没解决.

    Counted apart from what was handled and checked. Refuses (Invalid) without a reason of the
    dictionary or without words, (NotPermitted) whoever handled it.
    """
    words = valid_words(words, required=True, what=_("为什么结案，反映人会看到"))

    def body(doing: Doing) -> Step:
        if codes.term("force_reasons", reason_code) is None:
            raise Invalid(_("请选择强制结案的理由"), field="reason_code")
        doing.mark(Mark.FORCED)
        return closed(doing, words, reason_code=reason_code)

    return do(Deed.FORCE_CLOSE, {"reason": reason_code, "words": words}, body, **to)


def _holds(case: Case) -> bool:
    """Whether what ended it last was this deed."""
    if case.is_open:
        return False
    ends = (Deed.FORCE_CLOSE, Deed.CLOSE, Deed.ANSWER, Deed.PASS, Deed.MERGE, Deed.REJECT)
    last = Step.objects.filter(case=case, deed__in=ends).order_by("-serial").first()
    return last is not None and last.deed == Deed.FORCE_CLOSE


def _settle(doing: Doing) -> None:
    """Opened again it walks its loop once more."""
    if doing.case.is_open:
        doing.unmark(Mark.FORCED)


register(Aside(Mark.FORCED, holds=_holds, settle=_settle))
