"""补充: the reporter has more to say."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.viewer import Role
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnReport, do_for
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.ADD_WORD,
        Rule(staying(OPEN), (Standing.REPORTER,), who="反映人"),
        word=gettext_lazy("反映人补充"),
        to_reporter=gettext_lazy("您补充了几句"),
        to_worker=gettext_lazy("补充了情况"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.ACCEPTOR, Role.DISPATCHER)),
        own=True,
        for_reporter=True,
        while_hung=True,
    )
)


def add_word(*, words: str, photos: Photos | None = None, **to: Unpack[OnReport]) -> Step:
    """补充: the reporter adds words or photos; whoever holds the case is told."""
    words = valid_words(words, required=not photos, what=_("要补充的内容"))
    photos = photos or []

    def body(doing: Doing) -> Step:
        return doing.finish(words=words, photos={"report": photos})

    return do_for(Deed.ADD_WORD, {"words": words, "photos": photos}, body, **to)
