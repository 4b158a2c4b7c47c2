"""申诉裁定: somebody else says whether what was appealed counts."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Refusal
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.appealing import Counted, excluded, open_appeal, scorer_of
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Appeal, Case, Step
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule, Standing, State
from gezhi.work.cases.whistling import HIGHEST, LOWEST, mark_scores
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _nothing_to_decide(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    waiting = open_appeal(case) if Mark.APPEALED in case.all_marks else None
    if waiting is None:
        return Conflict(_("没有等着裁定的申诉"), code="state")
    if by.user_id is not None and by.user_id == waiting.asked_by:
        return NotPermitted(_("谁申诉的谁不能裁定：请由别的值班长或领导裁定"))
    if by.user_id is not None and by.user_id == scorer_of(waiting):
        return NotPermitted(_("您打的分您不能裁定：请由别的值班长或领导裁定"))
    return None


declare(
    Declared(
        Deed.DECIDE,
        Rule(
            staying(OPEN | {State.CLOSED, State.ARCHIVED}),
            (Standing.CENTRE,),
            roles_with(Right.DECIDE),
            "街道网格中心的值班长或领导",
        ),
        word=gettext_lazy("申诉裁定"),
        to_worker=gettext_lazy("申诉有了裁定"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.DISPATCHER), units_named="units"
        ),
        place=145,
        refusal=_nothing_to_decide,
        while_hung=True,
    )
)


def decide(
    *,
    granted: bool,
    words: str,
    reason_code: str = "",
    score: int | None = None,
    **to: Unpack[OnCase],
) -> Step:
    """申诉裁定: granted, what was appealed is left out of the figures for this reason, or the score
    appealed is set anew; or it counts as before.

    Refuses (Conflict) where nothing waits, (NotPermitted) whoever appealed or gave the score,
    (Invalid) a decision without words, a grant without a reason of the dictionary, or without
    another score of the scale.
    """
    words = valid_words(words, required=True, what=_("裁定的理由"))
    content = {"granted": granted, "words": words, "reason": reason_code}
    content |= {} if score is None else {"score": score}

    def body(doing: Doing) -> Step:
        waiting = open_appeal(doing.case)
        if waiting is None:
            raise doing.not_now()
        changed = {}
        if granted and waiting.about == "score":
            changed = {"score_after": _set_anew(doing, waiting, score)}
        elif granted:
            counted = (
                Counted("assignment", waiting.assignment_id)
                if waiting.assignment_id
                else Counted("stage", waiting.stage_id)
            )
            excluded(doing, counted, reason_code, appeal=waiting)
        doing.seals.change(
            waiting, decided_at=doing.now, decided_by=doing.by.user_id, granted=granted, **changed
        )
        doing.unmark(Mark.APPEALED)
        return doing.finish(
            words=words,
            reason_code=reason_code if granted and waiting.about != "score" else "",
            detail={
                "appeal": waiting.pk,
                "granted": granted,
                "units": [waiting.unit_id],
                **({"scores": [waiting.score_before, score]} if changed else {}),
            },
        )

    return do(Deed.DECIDE, content, body, **to)


def _set_anew(doing: Doing, waiting: Appeal, score: int | None) -> int:
    """The call has this score from now on; what it was stays with the appeal."""
    if score is None or not LOWEST <= score <= HIGHEST:
        raise Invalid(_("请选择改成几分，分数是 1 到 5"), field="score")
    if waiting.assignment is None or score == waiting.score_before:
        raise Invalid(_("成立的要改成另一个分数；分数不变，请选“不成立”"), field="score")
    doing.seals.change(waiting.assignment, score=score)
    mark_scores(doing)
    return score
