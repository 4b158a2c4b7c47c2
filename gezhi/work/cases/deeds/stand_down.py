"""演练收场: what an exercise brought forth ends with it, in whatever state."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases.closing import closed
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.rules import moving


def _in_earnest(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.DRILL not in case.all_marks:
        return Conflict(_("这件事不是演练，照平常办完再结案"), code="state")
    return None


declare(
    Declared(
        Deed.STAND_DOWN,
        Rule(
            moving(*((state, State.CLOSED) for state in sorted(OPEN))),
            (Standing.SYSTEM,),
            who="系统",
        ),
        word=gettext_lazy("演练收场"),
        refusal=_in_earnest,
    )
)


def stand_down(**to: Unpack[OnCase]) -> Step:
    """End an open case of a drill; refuses (Conflict) every other."""

    def body(doing: Doing) -> Step:
        return closed(doing, "")

    return do(Deed.STAND_DOWN, {}, body, **to)
