"""回话: what a unit without accounts asked is answered."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.deeds.invite import INVITERS
from gezhi.work.cases.doing import OnCase, do
from gezhi.work.cases.inviting import INVITED, is_not_invited, without_mobiles
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed, Rule, Standing
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.RESPOND,
        Rule(
            staying(INVITED),
            (Standing.CENTRE, Standing.AREA),
            INVITERS,
            "街道网格中心的派遣员或社区工作人员",
        ),
        word=gettext_lazy("回话给外单位"),
        announced=False,
        place=73,
        quiet=is_not_invited,
        while_hung=True,
    )
)


def respond(*, words: str, phones: bool = False, **to: Unpack[OnCase]) -> Step:
    """回话: the answer stands on the page of whoever holds the invitation.

    Refuses (Invalid) no words, and a mobile number among them unless it is said that `phones` are
    meant for whoever reads it.
    """
    words = valid_words(words, required=True, what=_("回什么话"))
    if not phones:
        without_mobiles(
            words, field="words", instead=_("要给对方看的，先问过本人，再勾上“手机号给对方看”")
        )
    return do(Deed.RESPOND, {"words": words}, lambda doing: doing.finish(words=words), **to)
