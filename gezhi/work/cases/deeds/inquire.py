"""提问: a unit without accounts asks back whoever sent it the case."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.viewer import Role
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.inviting import INVITED
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed, Rule, Standing
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.INQUIRE,
        Rule(staying(INVITED), (Standing.GUEST,), who="拿着临时链接的外单位"),
        word=gettext_lazy("外单位提问"),
        tells=Tells(centre=(Role.DISPATCHER,), person_named="asked"),
        while_hung=True,
    )
)


def inquire(*, words: str, photos: Photos | None = None, **to: Unpack[OnCase]) -> Step:
    """提问: what the unit does not know, with photos; the centre's dispatchers and whoever made the
    invitation are told. Also how it says that the case is not its own. Refuses (Invalid) no words."""
    words = valid_words(words, required=True, what=_("要问什么"))
    photos = photos or []

    def body(doing: Doing) -> Step:
        invitation = doing.invitation
        asked = invitation.made_by if invitation is not None else None
        return doing.finish(words=words, detail={"asked": asked}, photos={"before": photos})

    return do(Deed.INQUIRE, {"words": words, "photos": photos}, body, **to)
