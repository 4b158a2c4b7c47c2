"""恢复办理: what kept the case is gone, its clock runs on."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases import pausing
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import UNIT_STAFF, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _not_hung(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.HUNG not in case.all_marks:
        return Conflict(_("这件事没有挂账，正在办理"), code="state")
    return None


declare(
    Declared(
        Deed.RESUME,
        Rule(
            staying({State.HANDLING}),
            (Standing.HOLDER, Standing.CENTRE),
            UNIT_STAFF | {Role.DISPATCHER, Role.SUPERVISOR},
            "承办单位的经办人，或街道网格中心的派遣员、值班长",
        ),
        word=gettext_lazy("恢复办理"),
        to_reporter=gettext_lazy("又接着办了，%(when)s 前办好"),
        to_worker=gettext_lazy("恢复办理"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK), centre=(Role.SUPERVISOR,)),
        place=98,
        refusal=_not_hung,
        while_hung=True,
    )
)


def resume(*, words: str = "", **to: Unpack[OnCase]) -> Step:
    """恢复办理: the clocks run on with what was left of them, as if the time between had not been.

    Refuses (Conflict) a case that is not hung.
    """
    words = valid_words(words)

    def body(doing: Doing) -> Step:
        due = pausing.run_on(doing)
        if due is None:
            raise Doing.not_now()
        pausing.fall_due(doing, due)
        return doing.finish(words=words)

    return do(Deed.RESUME, {"words": words}, body, **to)
