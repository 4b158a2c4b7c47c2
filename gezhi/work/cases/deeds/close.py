"""结案: the centre ends what was checked."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, NotPermitted, Refusal
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases.closing import closed
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import CLOSERS, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving


def _unchecked_or_own(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if not case.check_passed:
        return Conflict(_("还没有核查通过，不能结案"), code="state")
    if by.user_id is not None and by.user_id == case.finished_by:
        return NotPermitted(_("谁办的谁不能结案：请由别的受理员或值班长结案"))
    return None


declare(
    Declared(
        Deed.CLOSE,
        Rule(
            moving((State.CHECKING, State.CLOSED)),
            (Standing.CENTRE,),
            CLOSERS,
            "街道网格中心的受理员或值班长",
        ),
        word=gettext_lazy("结案"),
        to_reporter=gettext_lazy("核查通过，办完了"),
        to_worker=gettext_lazy("结案"),
        tells=Tells(reporters=True),
        place=140,
        for_reporter=True,
        refusal=_unchecked_or_own,
    )
)


def close(*, words: str = "", **to: Unpack[OnCase]) -> Step:
    """结案 by the centre after a passed check; the reporter is told and may rate.

    Refuses (Conflict) a case that no check passed, (NotPermitted) whoever handled it.
    """
    words = valid_words(words)
    return do(Deed.CLOSE, {"words": words}, lambda doing: closed(doing, words), **to)
