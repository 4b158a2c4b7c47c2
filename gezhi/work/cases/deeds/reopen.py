"""二次办理: what the reporter says is not solved is done again."""

from datetime import timedelta
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases import clocks
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnReport, do_for
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import CLOSERS, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving


def _of_an_exercise(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.DRILL in case.all_marks:
        return Conflict(_("演练里的事不重新办理；真有事，请另外报"), code="drill")
    return None


declare(
    Declared(
        Deed.REOPEN,
        Rule(
            moving((State.CLOSED, State.ACCEPTED)),
            (Standing.REPORTER, Standing.CENTRE),
            CLOSERS,
            "反映人，或回访的受理员",
        ),
        word=gettext_lazy("二次办理"),
        to_reporter=gettext_lazy("说还没解决，重新办理"),
        to_worker=gettext_lazy("没解决，重新办理"),
        tells=Tells(unit=(Role.DISPATCHER, Role.SUPERVISOR)),
        place=160,
        refusal=_of_an_exercise,
        own=True,
        for_reporter=True,
    )
)


def may_reopen(doing: Doing) -> bool:
    """Whether the case was closed within the days in which a reporter may say 没解决."""
    case = doing.case
    days = codes.figure("reopen_days")
    return (
        case.state == State.CLOSED
        # An exercise that is over is nobody's work.
        and Mark.DRILL not in case.all_marks
        and case.ended_at is not None
        and doing.now - case.ended_at <= timedelta(days=days)
    )


def reopen(*, words: str, **to: Unpack[OnReport]) -> Step:
    """二次办理: back to the centre with a new due time and a new promise to everyone who reported
    it; `round` counts it.

    Refuses (Invalid) without words, since whoever does it again must know what is left to do;
    (Conflict) after the pack's days: then it is a new report.
    """
    words = valid_words(words, required=True, what=_("哪里还没解决"))
    return do_for(Deed.REOPEN, {"words": words}, lambda doing: _reopen(doing, words), **to)


def _reopen(doing: Doing, words: str) -> Step:
    if not may_reopen(doing):
        raise Conflict(
            _("已经超过可以重新办理的 %(days)d 天，请作为新的事情反映")
            % {"days": codes.figure("reopen_days")},
            code="too_late",
        )
    case = doing.case
    case.round += 1
    case.ended_at = None
    case.on_the_spot = False
    case.finished_at = case.finished_by = case.finished_unit_id = None
    case.check_passed_at = case.checked_by = None
    doing.move(State.ACCEPTED, doing.centre)
    promise = clocks.due_of("answering", unit=doing.centre, start=doing.now, urgency=case.urgency)
    doing.seals.change_all(list(case.reports.all()), promised_at=promise.moment)
    return doing.finish(words=words)
