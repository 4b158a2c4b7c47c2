"""办结: the unit says what it did."""

from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.work.cases.assignments import note_finished, open_lead
from gezhi.work.cases.assisting import waits_for_assists
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import UNIT_STAFF, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.FINISH,
        Rule(
            moving((State.HANDLING, State.CHECKING)),
            (Standing.HOLDER, Standing.GUEST),
            UNIT_STAFF,
            "承办单位的经办人",
        ),
        word=gettext_lazy("办结"),
        to_reporter=gettext_lazy("%(unit)s办完了，等别人来核查"),
        to_worker=gettext_lazy("说办好了"),
        tells=Tells(grid=True),
        place=100,
        for_reporter=True,
        refusal=waits_for_assists,
    )
)


def finish(
    *,
    words: str,
    photos: Photos | None = None,
    before_photos: Photos | None = None,
    happened_at: datetime | None = None,
    **to: Unpack[OnCase],
) -> Step:
    """办结: the unit says what it did, which the reporter reads; somebody else will check it."""
    words = valid_words(words, required=True, what=_("办理结果"))
    before, after = before_photos or [], photos or []

    def body(doing: Doing) -> Step:
        lead = open_lead(doing.case)
        doing.seals.change(lead, finished_at=doing.now)
        note_finished(doing.case, doing.by, lead.unit_id, doing.now)
        doing.move(State.CHECKING, doing.centre)
        return doing.finish(words=words, photos={"before": before, "after": after})

    content = {"words": words, "photos": after, "before": before}
    return do(Deed.FINISH, content, body, happened_at=happened_at, **to)
