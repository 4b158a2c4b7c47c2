"""What stands beside a case in words: what its steps decided, and what the reader owes or waits for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk.cases import delay_words
from gezhi.faces.shell import moments
from gezhi.faces.shell.parts import Fact
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import AssignmentLine, StepLine
from gezhi.work.cases.rules import Deed, State

# Units, people and their names, by id.
Names = Mapping[int, str]


def _assisted(step: StepLine, _names: Names) -> str:
    return _("不归本单位协办") if step.reason_code == "not_ours" else ""


def _supervised(step: StepLine, names: Names) -> str:
    due = step.detail.get("due")
    return _("%(who)s督办，%(until)s 前答复") % {
        "who": names.get(step.detail.get("supervisor") or 0, ""),
        "until": moments.spoken(datetime.fromisoformat(due)) if due else "",
    }


_URGED = {
    "before": gettext_lazy("快到期了"),
    "expiry": gettext_lazy("到期了"),
    "by_centre": gettext_lazy("街道中心催"),
}


def _urged(step: StepLine, _names: Names) -> str:
    return str(_URGED.get(step.reason_code, ""))


def _delayed(step: StepLine, _names: Names) -> str:
    return delay_words.decided(step)


_SAID: dict[str, Callable[[StepLine, Names], str]] = {
    Deed.ASSIST: _assisted,
    Deed.SUPERVISE: _supervised,
    Deed.URGE: _urged,
    **dict.fromkeys(delay_words.DELAYING, _delayed),
}


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


@dataclass(frozen=True, slots=True)
class Supervised:
    """A supervision in words: what it is about, its facts, the last answer of the unit."""

    words: str
    facts: list[Fact]
    answer: str
    line: cases.SupervisionLine


def supervised(page: CasePage) -> Supervised | None:
    """The supervision that stands, for the page of the case; None where there is none."""
    line = cases.supervision(page.case)
    return supervised_as(page, line) if line else None


def supervised_as(page: CasePage, line: cases.SupervisionLine) -> Supervised:
    """A supervision of a case in words, with the answers that belong to it."""
    since = [step for step in page.steps if step.recorded_at >= line.began_at]
    named = next((step for step in since if step.deed == Deed.SUPERVISE), None)
    answers = [step for step in since if step.deed == Deed.REPORT_TO_SUPERVISOR]
    if line.answered_at:
        answered = _("%(when)s，%(who)s") % {
            "when": moments.spoken(line.answered_at),
            "who": line.answered_by,
        }
    else:
        answered = _("还没答复")
    if line.is_late:
        answered = _("%(answered)s（超过期限）") % {"answered": answered}
    pairs = [
        (_("督办人"), line.supervisor),
        (_("点名"), f"{line.began_by} {moments.spoken(line.began_at)}".strip()),
        (_("答复期限"), moments.until(line.due_at)),
        (_("书面答复"), answered),
    ]
    return Supervised(
        words=named.words if named else "",
        facts=[Fact(name, value) for name, value in pairs],
        answer=answers[-1].words if answers else "",
        line=line,
    )


def _unanswered(page: CasePage) -> list[AssignmentLine]:
    return [
        one
        for one in page.assignments
        if one.part == "assist" and not one.finished_at and not one.ended_at
    ]
