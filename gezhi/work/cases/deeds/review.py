"""挂账复核: it still cannot be done; when to look again."""

from datetime import date
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases import hanging, pausing
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _not_hung_or_own(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    lasting = hanging.hung(case) if Mark.HUNG in case.all_marks else None
    if lasting is None:
        return Conflict(_("这件事没有挂账，不用复核"), code="state")
    if by.user_id == lasting.asked_by:
        return NotPermitted(_("谁申请的谁不能批：请别的值班长复核"))
    return None


declare(
    Declared(
        Deed.REVIEW,
        Rule(
            staying({State.HANDLING}),
            (Standing.CENTRE,),
            frozenset({Role.SUPERVISOR}),
            "街道网格中心的值班长",
        ),
        word=gettext_lazy("挂账复核"),
        to_reporter=gettext_lazy("看过了，还办不了（%(reason)s），%(when)s 前再看"),
        to_worker=gettext_lazy("复核了，接着挂账"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK)),
        place=124,
        refusal=_not_hung_or_own,
        while_hung=True,
    )
)


def review(*, review_on: date, words: str, **to: Unpack[OnCase]) -> Step:
    """挂账复核: keep the case hung until another review.

    Refuses (Conflict) a case that is not hung, (NotPermitted) whoever asked for the hang; (Invalid)
    no words, the day it is reviewed on anyway, and a day as `ask_to_hang` does.
    """
    words = valid_words(words, required=True, what=_("现在是什么情况、为什么还要挂"))

    def body(doing: Doing) -> Step:
        lasting = hanging.hung(doing.case)
        if lasting is None:
            raise Doing.not_now()
        review_at = hanging.review_at(review_on, doing.centre)
        if review_at == lasting.review_at:
            raise Invalid(_("复核日就是这一天，没有改；请选另一天"), field="review_on")
        doing.seals.change(lasting, review_at=review_at)
        pausing.stand_until(doing, review_at)
        return doing.finish(
            words=words,
            reason_code=lasting.reason_code,
            detail={"review": review_on.isoformat()},
        )

    return do(Deed.REVIEW, {"review": review_on.isoformat(), "words": words}, body, **to)
