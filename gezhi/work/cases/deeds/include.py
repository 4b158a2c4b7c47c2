"""恢复计入: what was left out of the figures counts again."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases.appealing import left_out_of
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Exclusion, Step
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _nothing_left_out(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.EXCLUDED in case.all_marks:
        return None
    return Conflict(_("这件事没有剔除的项目"), code="state")


declare(
    Declared(
        Deed.INCLUDE,
        Rule(
            staying(OPEN | {State.CLOSED, State.ARCHIVED}),
            (Standing.CENTRE,),
            roles_with(Right.RULE),
            "街道网格中心的值班长",
        ),
        word=gettext_lazy("恢复计入"),
        announced=False,
        place=240,
        refusal=_nothing_left_out,
        while_hung=True,
    )
)


def include(*, exclusion_id: int, words: str, **to: Unpack[OnCase]) -> Step:
    """恢复计入: an exclusion is taken back; both steps stay in the story.

    Refuses (Invalid) without words, or what is not left out of this case now.
    """
    words = valid_words(words, required=True, what=_("为什么恢复计入"))

    def body(doing: Doing) -> Step:
        rows = Exclusion.objects.filter(case=doing.case, pk=exclusion_id, included_at=None)
        left_out = rows.first()
        if left_out is None:
            raise Invalid(_("请选择恢复哪一项"), field="exclusion_id")
        if len(left_out_of(doing.case)) == 1:
            doing.unmark(Mark.EXCLUDED)
        doing.seals.change(left_out, included_at=doing.now, included_by=doing.by.user_id)
        return doing.finish(words=words, detail={"exclusion": left_out.pk})

    return do(Deed.INCLUDE, {"exclusion": exclusion_id, "words": words}, body, **to)
