"""回访: the centre calls a reporter about how it was done, and notes what came of the call."""

from datetime import datetime, timedelta
from typing import Any, Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.notices.quiet import quiet_until
from gezhi.kernel.errors import Invalid
from gezhi.kernel.rights import Right, roles_with
from gezhi.work.cases.calling_back import OUTCOMES, most_tries, next_try, rows_of
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.deeds.rate import RESOLVED, SATISFIED, note
from gezhi.work.cases.deeds.reopen import may_reopen, reopen
from gezhi.work.cases.doing import Doing, OnReport, do_for
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import CallBack, Report, Step
from gezhi.work.cases.rules import Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

# Nothing came of it but a time to call: no try.
LATER = "later"
_FARTHEST_DAYS = 31

declare(
    Declared(
        Deed.CALL_BACK,
        Rule(
            staying({State.CLOSED, State.ARCHIVED}),
            (Standing.CENTRE,),
            roles_with(Right.CALL_BACK),
            "街道网格中心的受理员",
        ),
        word=gettext_lazy("回访"),
        announced=False,
        place=150,
    )
)


def call_back(
    *,
    outcome: str,
    resolved: str = "",
    satisfied: str = "",
    words: str = "",
    next_at: datetime | None = None,
    **to: Unpack[OnReport],
) -> Step:
    """回访: note one call, or (`later`) only when to call; a fact of the report, changes no state.

    Reached, it says what `rate` says, and 没解决 within the pack's days reopens the case in the same
    transaction. Not reached, it holds no opinion and plans the next call: at `next_at`, else after
    the pack's pause, until the pack's number of tries. Refused ends it. Refuses (Invalid) an opinion
    of somebody nobody spoke to, reached without one, a time in the past, in quiet hours or too far.
    """
    words = valid_words(words)
    _valid_said(outcome, resolved, satisfied, next_at)
    report = to["report"]

    def body(doing: Doing) -> Step:
        _valid_plan(next_at, doing.now)
        if outcome == LATER:
            _plan(doing, report, next_at)
            return doing.finish(words=words, reason_code=outcome)
        _write(doing, report, outcome, resolved, satisfied)
        if outcome == "reached":
            return _said(doing, report, resolved, satisfied, words)
        if outcome == "not_reached":
            _try_again(doing, report, next_at)
        return doing.finish(words=words, reason_code=outcome)

    content: dict[str, Any] = {
        "outcome": outcome, "resolved": resolved, "satisfied": satisfied, "words": words,
        "next_at": next_at.isoformat() if next_at else "",
    }  # fmt: skip
    return do_for(Deed.CALL_BACK, content, body, **to)


def _said(doing: Doing, report: Report, resolved: str, satisfied: str, words: str) -> Step:
    note(doing, report, resolved, satisfied, words)
    step = doing.finish(reason_code="reached", detail={"resolved": resolved})
    if resolved == "unsolved" and may_reopen(doing):
        reopen(report=report, by=doing.by, key=derived(doing.key, "reopen"), words=words)
    return step


def _try_again(doing: Doing, report: Report, next_at: datetime | None) -> None:
    tries = rows_of(report, doing.case.round).filter(outcome="not_reached").count()
    if next_at is not None or tries < most_tries():
        _plan(doing, report, next_at or next_try(doing.now))


def _valid_said(outcome: str, resolved: str, satisfied: str, next_at: datetime | None) -> None:
    if outcome not in (*OUTCOMES, LATER):
        raise Invalid(_("请选这次打得怎么样"), field="outcome")
    if outcome == "reached" and resolved not in RESOLVED:
        raise Invalid(_("请选择：解决了、部分解决、没解决"), field="resolved")
    if outcome != "reached" and (resolved or satisfied):
        raise Invalid(_("没有说上话，不能替他选解决没解决、满不满意"), field="resolved")
    if satisfied not in ("", *SATISFIED):
        raise Invalid(_("请选择：满意、基本满意、不满意"), field="satisfied")
    _valid_time(outcome, next_at)


def _valid_time(outcome: str, next_at: datetime | None) -> None:
    if outcome == LATER and next_at is None:
        raise Invalid(_("请写约在什么时候打"), field="next_at")
    if outcome in ("reached", "refused") and next_at is not None:
        raise Invalid(_("说过话了，不用再约时间"), field="next_at")


def _valid_plan(next_at: datetime | None, now: datetime) -> None:
    if next_at is None:
        return
    if next_at <= now:
        raise Invalid(_("约的时间已经过了，请写以后的"), field="next_at")
    if next_at > now + timedelta(days=_FARTHEST_DAYS):
        raise Invalid(_("约得太远，最多一个月"), field="next_at")
    if quiet_until(next_at) is not None:
        raise Invalid(_("这时候是免打扰时段，请换个时间"), field="next_at")


def _open_plan(report: Report) -> CallBack | None:
    return CallBack.objects.filter(report=report, outcome="").first()


def _plan(doing: Doing, report: Report, planned_at: datetime | None) -> None:
    """The one planned call of a report, at this time from now on."""
    standing, round_ = _open_plan(report), doing.case.round
    by = doing.by.user_id
    if standing is not None:
        doing.seals.change(standing, planned_at=planned_at, by=by, round=round_)
        return
    doing.seals.insert(
        CallBack(
            district_id=doing.case.district_id,
            case=doing.case,
            report=report,
            round=round_,
            planned_at=planned_at,
            by=by,
        )
    )


def _write(doing: Doing, report: Report, outcome: str, resolved: str, satisfied: str) -> None:
    """What came of the call, on the planned row where there is one."""
    said = {
        "tried_at": doing.now, "by": doing.by.user_id, "outcome": outcome,
        "resolved": resolved, "satisfied": satisfied, "round": doing.case.round,
    }  # fmt: skip
    standing = _open_plan(report)
    if standing is not None:
        doing.seals.change(standing, **said)
        return
    doing.seals.insert(
        CallBack(district_id=doing.case.district_id, case=doing.case, report=report, **said)
    )
