"""延期（审批）: somebody else gives the unit more time, or does not."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, NotPermitted, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases import extending, pausing
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _not_asked_own_or_second(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    waiting = extending.asked(case) if Mark.EXTENSION_ASKED in case.all_marks else None
    if waiting is None:
        return Conflict(_("没有等着审批的延期申请"), code="state")
    if by.user_id == waiting.asked_by:
        return NotPermitted(_("谁申请的谁不能批：请别的派遣员或值班长审批"))
    if extending.granted(case):
        centre = units.centre_of(case.district_id, case.street_id)
        if by.seat_in(centre.pk, Role.SUPERVISOR) is None:
            return NotPermitted(_("第二次延期由街道网格中心的值班长审批"))
    return None


def _was_refused(step: Step) -> bool:
    return not step.detail.get("granted")


declare(
    Declared(
        Deed.EXTEND,
        Rule(
            staying({State.HANDLING}),
            (Standing.CENTRE,),
            frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
            "街道网格中心的派遣员或值班长",
        ),
        word=gettext_lazy("审批延期"),
        to_reporter=gettext_lazy("要多一些时间（%(reason)s），%(when)s 前办好"),
        to_worker=gettext_lazy("同意延期"),
        untold=_was_refused,
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK), reporters=True),
        place=126,
        refusal=_not_asked_own_or_second,
    )
)


def extend(*, granted: bool, words: str = "", **to: Unpack[OnCase]) -> Step:
    """延期（审批）: the limit of the unit grows by what was asked, or stays.

    What was asked in time is granted late, too: until then the clock runs. Refuses (NotPermitted)
    whoever asked for it, and everybody but the supervisor the second time in a round; (Invalid) a
    refusal without words; (Conflict) where nothing was asked.
    """
    words = valid_words(words, required=not granted, what=_("为什么不同意"))

    def body(doing: Doing) -> Step:
        request = extending.asked(doing.case)
        if request is None:
            raise Doing.not_now()
        doing.seals.change(
            request, decided_by=doing.by.user_id, decided_at=doing.now, granted=granted
        )
        doing.unmark(Mark.EXTENSION_ASKED)
        if granted:
            pausing.reckon(doing)
        return doing.finish(
            words=words,
            reason_code=request.reason_code,
            detail={"granted": granted, "amount": request.amount, "unit": request.unit},
        )

    return do(Deed.EXTEND, {"granted": granted, "words": words}, body, **to)
