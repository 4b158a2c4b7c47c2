"""吹哨评分: the street says of each called unit how it came, which ends the whistle."""

from collections.abc import Mapping
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.viewer import Role
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Assignment, Step, Whistle
from gezhi.work.cases.rules import CALLERS, Deed, Mark, Rule, Standing, State, is_late
from gezhi.work.cases.whistling import (
    HIGHEST,
    LOWEST,
    called_by,
    is_not_whistled,
    mark_scores,
    not_whistled,
    open_whistle,
)
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.SCORE,
        Rule(
            # Also after the case has ended.
            staying(State),
            (Standing.CENTRE, Standing.AREA),
            CALLERS,
            "街道的派遣员、值班长或领导",
        ),
        word=gettext_lazy("吹哨评分"),
        to_worker=gettext_lazy("街道给应到单位打分"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK), units_named="scored"),
        while_hung=True,
        place=136,
        refusal=not_whistled,
        quiet=is_not_whistled,
    )
)


def score(*, scores: Mapping[int, int], words: str, **to: Unpack[OnCase]) -> Step:
    """吹哨评分: 1 to 5 for every called unit, by its id, with words; ends the whistle.

    Refuses (Invalid) without words, a unit that was not called or is left out, a score beyond the
    scale; (Conflict) while somebody may still come in time, and a second time.
    """
    words = valid_words(words, required=True, what=_("打分的理由"))
    plain = {str(unit): score for unit, score in sorted(scores.items())}

    def body(doing: Doing) -> Step:
        row = open_whistle(doing.case)
        calls = called_by(row)
        _refuse_too_early(doing, row, calls)
        _refuse_bad(calls, scores)
        for call in calls:
            ended = {} if call.ended_at else {"ended_at": doing.now}
            doing.seals.change(call, score=scores[call.unit_id], **ended)
        doing.seals.change(row, ended_at=doing.now, ended_by=doing.by.user_id)
        doing.unmark(Mark.WHISTLED)
        mark_scores(doing)
        return doing.finish(
            words=words,
            detail={"whistle": row.pk, "scores": plain, "scored": sorted(scores)},
        )

    return do(Deed.SCORE, {"scores": plain, "words": words}, body, **to)


def _refuse_too_early(doing: Doing, row: Whistle, calls: list[Assignment]) -> None:
    waiting = [
        call.unit.name
        for call in calls
        if call.ended_at is None and call.finished_at is None and not call.absence
    ]
    if waiting and not is_late(row.due_at, doing.now):
        raise Conflict(
            _("还没到报到的时间，%(units)s还可能来；都报到了或过了时间再评分")
            % {"units": "、".join(waiting)},
            code="too_soon",
        )


def _refuse_bad(calls: list[Assignment], scores: Mapping[int, int]) -> None:
    called = {call.unit_id: call.unit.name for call in calls}
    if not set(scores) <= set(called):
        raise Invalid(_("只能给叫到的单位打分，请刷新后再看"), field="scores")
    missing = [name for unit, name in called.items() if unit not in scores]
    if missing:
        raise Invalid(_("还没打分：%(units)s") % {"units": "、".join(missing)}, field="scores")
    if not all(LOWEST <= number <= HIGHEST for number in scores.values()):
        raise Invalid(_("分数是 1 到 5"), field="scores")
