"""销号: the named supervisor says that it is settled."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step, Supervision
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.supervising import (
    OVERSIGHT,
    is_not_supervised,
    open_supervision,
    still_supervises,
)
from gezhi.work.deeds.asked import valid_words


def _not_the_named(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    """Whoever was named; once they sit nowhere from where they could, the centre's supervisor."""
    row = Supervision.objects.filter(case=case, ended_at=None).first()
    if row is None:
        return Conflict(_("这件事没有在督办，不用做这一步"), code="state")
    if by.user_id == row.supervisor_id:
        return None
    if still_supervises(row.supervisor_id):
        return NotPermitted(_("销号只由点到的督办人来做"))
    centre = units.centre_of(case.district_id, case.street_id)
    if by.seat_in(centre.pk, Role.SUPERVISOR) is None:
        return NotPermitted(_("督办人已经离岗，由街道网格中心的值班长销号"))
    return None


declare(
    Declared(
        Deed.DISCHARGE,
        OVERSIGHT,
        word=gettext_lazy("销号"),
        to_worker=gettext_lazy("督办销号"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK)),
        place=135,
        refusal=_not_the_named,
        quiet=is_not_supervised,
        while_hung=True,
    )
)


def discharge(*, words: str = "", **to: Unpack[OnCase]) -> Step:
    """销号 by the named supervisor, also after the case has ended.

    Refuses (NotPermitted) everybody else; (Invalid) without words where the unit never answered.
    """
    words = valid_words(words)

    def body(doing: Doing) -> Step:
        row = open_supervision(doing.case)
        if row.answered_at is None and not words:
            raise Invalid(_("承办单位还没有答复：没有答复就销号，请写明为什么"), field="words")
        doing.seals.change(row, ended_at=doing.now, ended_by=doing.by.user_id)
        doing.unmark(Mark.SUPERVISED)
        return doing.finish(words=words, detail={"supervision": row.pk})

    return do(Deed.DISCHARGE, {"words": words}, body, **to)
