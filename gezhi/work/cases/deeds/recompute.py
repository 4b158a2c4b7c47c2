"""重算时限: a due time reckoned on days nobody had announced is reckoned anew."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.work.cases import clocks
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule, Standing, State, stage_of
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.RECOMPUTE,
        Rule(staying(OPEN), (Standing.SYSTEM,), who="系统"),
        word=gettext_lazy("重算时限"),
        announced=False,
    )
)


def recompute(**to: Unpack[OnCase]) -> Step | None:
    """A provisional due time computed anew when the year's notice has been imported.

    Returns None when nothing changed. Urgent and copied due times are never provisional.
    """
    return do(Deed.RECOMPUTE, {}, _recompute, **to)


def _recompute(doing: Doing) -> Step | None:
    case = doing.case
    running = case.stages.filter(ended_at=None).first()
    disputed = Mark.DISPUTED in case.all_marks
    stage = stage_of(State(case.state), case.check_passed, disputed)
    if running is None or stage is None or not case.due_provisional:
        return None
    due = clocks.due_of_case(stage, case, doing.holder, running.began_at)
    before = case.due_at
    case.due_at = due.moment
    case.due_provisional = due.provisional
    doing.seals.change(
        running,
        due_at=due.moment,
        provisional=due.provisional,
        calendar_version=due.calendar_version,
    )
    return doing.finish(detail={"calendar": due.calendar_version, "moved": before != due.moment})
