"""What stands beside a case in words: what its steps decided, and what the reader owes or waits for."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from gezhi.faces.shell import moments
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import AssignmentLine, StepLine
from gezhi.work.cases.rules import Deed, State

# Units and their names, by id.
Names = Mapping[int, str]


def _assisted(step: StepLine, _names: Names) -> str:
    return _("不归本单位协办") if step.reason_code == "not_ours" else ""


_SAID: dict[str, Callable[[StepLine, Names], str]] = {Deed.ASSIST: _assisted}


def said_beside(step: StepLine, names: Names) -> str:
    """What such a step decided, in words; "" for any other step."""
    say = _SAID.get(step.deed)
    return say(step, names) if say else ""


def owed(page: CasePage, viewer: Viewer) -> list[str]:
    """What the reader's unit owes this case beside the lead, and whom the lead must wait for."""
    return [*_own_parts(page, viewer), *_waits(page, viewer)]


def _own_parts(page: CasePage, viewer: Viewer) -> Iterable[str]:
    for one in _unanswered(page):
        if Deed.ASSIST in page.deeds and one.unit_id in viewer.unit_ids:
            yield _("%(unit)s协办这件事，请在 %(until)s 前答复。") % {
                "unit": one.unit_name,
                "until": moments.spoken(one.due_at),
            }


def _waits(page: CasePage, viewer: Viewer) -> Iterable[str]:
    handled = page.case.state in (State.DISPATCHED, State.HANDLING)
    if not handled or page.case.holder_id not in viewer.unit_ids:
        return
    names = "、".join(one.unit_name for one in _unanswered(page) if one.awaited)
    if names:
        yield _("还要等：%(units)s的协办答复，才能办结。") % {"units": names}


def _unanswered(page: CasePage) -> list[AssignmentLine]:
    return [
        one
        for one in page.assignments
        if one.part == "assist" and not one.finished_at and not one.ended_at
    ]
