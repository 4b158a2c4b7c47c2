"""协办答复: an assisting unit says what it did, or that it is not theirs."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Role
from gezhi.work.cases.assisting import ASSISTED, is_not_assisted, unanswered_assists
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import UNIT_STAFF, Deed, Rule, Standing
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import staying

DONE, NOT_OURS = "done", "not_ours"

declare(
    Declared(
        Deed.ASSIST,
        Rule(
            staying(ASSISTED),
            (Standing.ASSISTING, Standing.GUEST),
            UNIT_STAFF,
            "还没答复的协办单位的经办人",
        ),
        word=gettext_lazy("协办答复"),
        to_worker=gettext_lazy("协办单位答复了"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK),
            centre_for=(NOT_OURS,),
            centre_roles=(Role.DISPATCHER,),
        ),
        place=95,
        quiet=is_not_assisted,
        while_hung=True,
    )
)


def assist(
    *, answer: str = DONE, words: str, photos: Photos | None = None, **to: Unpack[OnCase]
) -> Step:
    """协办答复: what the unit did of it, kept with its photos; the lead and the centre read it.

    `answer` is "done", or "not_ours": then its part ends here, nobody waits for it any more, and the
    centre is told. Refuses (Invalid) without words or with any other answer.
    """
    if answer not in (DONE, NOT_OURS):
        raise Invalid(_("请选择办了，还是不归本单位"), field="answer")
    what = _("协办做了什么") if answer == DONE else _("为什么不归本单位")
    words = valid_words(words, required=True, what=what)
    photos = photos or []

    def body(doing: Doing) -> Step:
        own = unanswered_assists().filter(case=doing.case, unit_id=doing.unit_id)
        (assignment,) = own[:1]
        if answer == DONE:
            doing.seals.change(assignment, finished_at=doing.now)
        else:
            doing.seals.change(assignment, returned_at=doing.now, ended_at=doing.now)
        return doing.finish(
            words=words,
            reason_code=answer,
            detail={"assignment": assignment.pk},
            photos={"after": photos},
        )

    content = {"answer": answer, "words": words, "photos": photos}
    return do(Deed.ASSIST, content, body, **to)
