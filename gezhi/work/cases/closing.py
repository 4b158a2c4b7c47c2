"""The end of a case that was checked, by whichever deed."""

from gezhi.work.cases import signals
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import State


def closed(doing: Doing, words: str = "", *, reason_code: str = "") -> Step:
    """End every assignment and the case; the reporter is told and may rate."""
    case = doing.case
    for assignment in Assignment.objects.filter(case=case, ended_at=None):
        doing.seals.change(assignment, ended_at=doing.now)
    doing.end(State.CLOSED)
    step = doing.finish(words=words, reason_code=reason_code)
    signals.closed.send(sender=Case, case=case, step=step)
    return step
