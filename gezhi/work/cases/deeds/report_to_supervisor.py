"""督办答复: the unit that has it in hand answers its supervisor in writing."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, NotPermitted, Refusal
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases.assignments import leads
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import OPEN, UNIT_STAFF, Deed, Rule, Standing
from gezhi.work.cases.supervising import is_not_supervised, is_own, open_supervision
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import staying


def _not_theirs(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    """An assisting unit is sent it too, and does not answer for it; nor does who supervises."""
    if is_not_supervised(case):
        return Conflict(_("这件事没有在督办，不用做这一步"), code="state")
    if seat is not None and seat.unit_id != case.holder_id and not leads(case, seat.unit_id):
        return NotPermitted(_("督办答复由承办单位来写"))
    if is_own(case, by):
        return NotPermitted(_("督办人不能自己答复自己：请承办单位的别人来答复"))
    return None


declare(
    Declared(
        Deed.REPORT_TO_SUPERVISOR,
        Rule(
            staying(OPEN),
            # What is being checked lies with the centre: whoever did it answers still.
            (Standing.HOLDER, Standing.SENT),
            UNIT_STAFF | roles_with(Right.TAKE_IN, Right.SEND, Right.CLOSE),
            "承办单位的人",
        ),
        word=gettext_lazy("督办答复"),
        to_worker=gettext_lazy("答复了督办"),
        tells=Tells(person_named="supervisor"),
        place=105,
        refusal=_not_theirs,
        quiet=is_not_supervised,
        while_hung=True,
    )
)


def report_to_supervisor(*, words: str, photos: Photos | None = None, **to: Unpack[OnCase]) -> Step:
    """督办答复: how it stands and what comes next, in writing; the first answer is the one that is
    on time or late.

    Refuses (Invalid) without words; (Conflict) a case nobody supervises; (NotPermitted) the
    supervisor themselves, and units that only assist.
    """
    words = valid_words(words, required=True, what=_("办到哪一步、还要多久"))
    photos = photos or []

    def body(doing: Doing) -> Step:
        row = open_supervision(doing.case)
        if row.answered_at is None:
            doing.seals.change(row, answered_at=doing.now, answered_by=doing.by.user_id)
        return doing.finish(
            words=words,
            detail={"supervision": row.pk, "supervisor": row.supervisor_id},
            photos={"after": photos},
        )

    return do(Deed.REPORT_TO_SUPERVISOR, {"words": words, "photos": photos}, body, **to)
