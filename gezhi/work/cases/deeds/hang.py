"""挂账（审批）: somebody else lets the case hang, or does not."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, NotPermitted, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases import hanging, pausing
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _not_asked_or_own(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    waiting = hanging.asked(case) if Mark.HANG_ASKED in case.all_marks else None
    if waiting is None:
        return Conflict(_("没有等着审批的挂账申请"), code="state")
    if by.user_id == waiting.asked_by:
        return NotPermitted(_("谁申请的谁不能批：请别的值班长审批"))
    return None


def _was_refused(step: Step) -> bool:
    return not step.detail.get("granted")


declare(
    Declared(
        Deed.HANG,
        Rule(
            staying({State.HANDLING}),
            (Standing.CENTRE,),
            frozenset({Role.SUPERVISOR}),
            "街道网格中心的值班长",
        ),
        word=gettext_lazy("审批挂账"),
        to_reporter=gettext_lazy("这件事暂时办不了（%(reason)s），%(when)s 前再看能不能办"),
        to_worker=gettext_lazy("同意挂账"),
        untold=_was_refused,
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK), reporters=True),
        place=122,
        refusal=_not_asked_or_own,
    )
)


def hang(*, granted: bool, words: str = "", **to: Unpack[OnCase]) -> Step:
    """挂账（审批）: the clock stands from here until the review, or runs on.

    Refuses (NotPermitted) whoever asked for it; (Invalid) a refusal without words; (Conflict) where
    nothing was asked, or the day of the review has come meanwhile.
    """
    words = valid_words(words, required=not granted, what=_("为什么不同意"))

    def body(doing: Doing) -> Step:
        request = hanging.asked(doing.case)
        if request is None:
            raise Doing.not_now()
        if granted and request.review_at <= doing.now:
            raise Conflict(
                _("申请的复核日已经过了，不能再批：请选“不同意”，让单位另报复核日"), code="late"
            )
        decided = {"decided_by": doing.by.user_id, "decided_at": doing.now, "granted": granted}
        ended_at = None if granted else doing.now
        doing.seals.change(request, **decided, ended_at=ended_at)
        doing.unmark(Mark.HANG_ASKED)
        if granted:
            doing.mark(Mark.HUNG)
            pausing.stand_until(doing, request.review_at)
        return doing.finish(
            words=words, reason_code=request.reason_code, detail={"granted": granted}
        )

    return do(Deed.HANG, {"granted": granted, "words": words}, body, **to)
