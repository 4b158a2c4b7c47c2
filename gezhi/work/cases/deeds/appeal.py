"""申诉: a unit says that a late stage, a wrong sending or a score should not stand against it."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.appealing import Counted, appealable
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Appeal, Case, Step
from gezhi.work.cases.rules import OPEN, UNIT_STAFF, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _nothing_to_appeal(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.APPEALED in case.all_marks:
        return Conflict(_("这件事已有一条申诉等着裁定，裁定以后可以再提"), code="state")
    if seat is not None and not appealable(case, seat.unit_id, clock.now()):
        days = codes.figure("appeal_days")
        return Conflict(
            _("没有算在本单位头上的超期、派错或扣分，或者已经过了 %(days)d 天，不能申诉")
            % {"days": days},
            code="state",
        )
    return None


def _is_clean(case: Case) -> bool:
    """Whether nothing can count against anybody: never late, never sent wrong, never scored down."""
    if case.all_marks & {Mark.LATE, Mark.MISROUTED, Mark.SCORED}:
        return False
    return case.due_at is None or clock.now() <= case.due_at


declare(
    Declared(
        Deed.APPEAL,
        Rule(
            staying(OPEN | {State.CLOSED, State.ARCHIVED}),
            (Standing.WAS_SENT, Standing.CENTRE),
            UNIT_STAFF | {Role.DISPATCHER},
            "承办、协办或应到单位的经办人，或派错了单的派遣员",
        ),
        word=gettext_lazy("申诉"),
        to_worker=gettext_lazy("承办单位申诉"),
        tells=Tells(centre=(Role.SUPERVISOR, Role.LEADER)),
        place=210,
        refusal=_nothing_to_appeal,
        quiet=_is_clean,
        while_hung=True,
    )
)


def appeal(*, counted: Counted, words: str, **to: Unpack[OnCase]) -> Step:
    """申诉: what was counted, and why it should not be; somebody else decides.

    Refuses (Conflict) what does not count against the doer's unit or is older than the pack's days,
    and a second appeal while one waits; (Invalid) one without words.
    """
    words = valid_words(words, required=True, what=_("为什么不该算"))

    def body(doing: Doing) -> Step:
        case, unit_id = doing.case, doing.seat.unit_id if doing.seat else None
        mine = {one.counted: one for one in appealable(case, unit_id, doing.now)}
        chosen = mine.get(counted)
        if chosen is None:
            raise Invalid(_("请选择对哪一项申诉"), field="counted")
        doing.seals.insert(
            Appeal(
                district_id=case.district_id,
                case=case,
                about=chosen.about,
                assignment=chosen.assignment,
                stage=chosen.stage,
                unit_id=chosen.unit_id,
                asked_at=doing.now,
                asked_by=doing.by.user_id,
                score_before=chosen.score,
            )
        )
        doing.mark(Mark.APPEALED)
        return doing.finish(words=words, reason_code=chosen.about)

    return do(Deed.APPEAL, {"counted": counted.word, "words": words}, body, **to)
