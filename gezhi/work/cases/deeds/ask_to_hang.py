"""申请挂账: the unit cannot go on for now, and says why and when to look again."""

from datetime import date
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases import hanging
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.kinds import refuse_no_delay_reason
from gezhi.work.cases.models import Case, Hang, Step
from gezhi.work.cases.rules import UNIT_STAFF, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _asked_already(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.HANG_ASKED in case.all_marks:
        return Conflict(_("已经申请过挂账，等街道中心值班长审批"), code="asked")
    return None


declare(
    Declared(
        Deed.ASK_TO_HANG,
        Rule(staying({State.HANDLING}), (Standing.HOLDER,), UNIT_STAFF, "承办单位的经办人"),
        word=gettext_lazy("申请挂账"),
        tells=Tells(centre=(Role.SUPERVISOR,)),
        place=102,
        refusal=_asked_already,
    )
)


def ask_to_hang(*, reason_code: str, review_on: date, words: str, **to: Unpack[OnCase]) -> Step:
    """申请挂账: ask that the clock stand until a review; it runs on until that is granted.

    Refuses (Conflict) a second request beside one that waits; (Invalid) no reason of the
    dictionary, no words, and a review on a day that is past, none of work or too far off.
    """
    words = valid_words(words, required=True, what=_("为什么现在办不了"))
    content = {"reason": reason_code, "review": review_on.isoformat(), "words": words}

    def body(doing: Doing) -> Step:
        refuse_no_delay_reason(reason_code, "hang")
        review_at = hanging.review_at(review_on, doing.centre)
        doing.seals.insert(
            Hang(
                district_id=doing.case.district_id,
                case=doing.case,
                round=doing.case.round,
                reason_code=reason_code,
                review_at=review_at,
                asked_by=doing.by.user_id or 0,
                asked_at=doing.now,
            )
        )
        doing.mark(Mark.HANG_ASKED)
        return doing.finish(
            words=words, reason_code=reason_code, detail={"review": review_on.isoformat()}
        )

    return do(Deed.ASK_TO_HANG, content, body, **to)
