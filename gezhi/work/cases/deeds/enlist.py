"""纳入应急: a case becomes one of an emergency, and the minutes of its plan count from now on."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases import clocks
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule, Standing, State, stage_of
from gezhi.work.deeds.rules import staying


def _enlisted_already(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.EMERGENCY in case.all_marks:
        return Conflict(_("这件事已经在一次应急里，不用再纳入"), code="state")
    return None


declare(
    Declared(
        Deed.ENLIST,
        Rule(staying(OPEN), (Standing.SYSTEM,), who="系统"),
        word=gettext_lazy("纳入应急"),
        announced=False,
        refusal=_enlisted_already,
    )
)


def enlist(*, emergency_id: int, drill: bool, **to: Unpack[OnCase]) -> Step:
    """Mark a case as one of an emergency; who did it stands in the log of the emergency.

    Whatever is ordinary becomes urgent. The running stage falls due when the minutes of the plan are
    over, never later than before; a case whose clock stands keeps its review date.
    """

    def body(doing: Doing) -> Step:
        case = doing.case
        doing.mark(Mark.EMERGENCY)
        if drill:
            doing.mark(Mark.DRILL)
        if case.urgency == "ordinary":
            case.urgency = "urgent"
        if Mark.HUNG not in case.all_marks:
            _hasten(doing)
        return doing.finish(detail={"emergency": emergency_id})

    return do(Deed.ENLIST, {"emergency": emergency_id, "drill": drill}, body, **to)


def _hasten(doing: Doing) -> None:
    case = doing.case
    stage = stage_of(State(case.state), case.check_passed, Mark.DISPUTED in case.all_marks)
    running = case.stages.filter(ended_at=None).first()
    if running is None or stage is None:
        return
    due = clocks.due_of_case(stage, case, doing.holder, doing.now)
    if due.moment >= doing.due_at:
        return
    case.due_at, case.due_provisional = due.moment, due.provisional
    doing.seals.change(
        running,
        due_at=due.moment,
        provisional=due.provisional,
        calendar_version=due.calendar_version,
        limit_words=due.limit_words,
    )
