"""剔除: something of a case does not count in any figure; who said so, and why, stays."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.rights import Right, roles_with
from gezhi.work.cases.appealing import Counted, excluded
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.EXCLUDE,
        Rule(
            staying(OPEN | {State.CLOSED, State.ARCHIVED}),
            (Standing.CENTRE,),
            roles_with(Right.RULE),
            "街道网格中心的值班长",
        ),
        word=gettext_lazy("剔除"),
        announced=False,
        place=230,
        while_hung=True,
    )
)


def exclude(*, counted: Counted, reason_code: str, words: str, **to: Unpack[OnCase]) -> Step:
    """剔除 the whole case, an assignment, a stage or a rating: it is in no figure from now on.

    Refuses (Invalid) without words or a reason of the dictionary, or what is no row of the case;
    (Conflict) what is left out already.
    """
    words = valid_words(words, required=True, what=_("为什么剔除"))
    content = {"counted": counted.word, "reason": reason_code, "words": words}

    def body(doing: Doing) -> Step:
        left_out = excluded(doing, counted, reason_code)
        return doing.finish(words=words, reason_code=reason_code, detail={"exclusion": left_out.pk})

    return do(Deed.EXCLUDE, content, body, **to)
