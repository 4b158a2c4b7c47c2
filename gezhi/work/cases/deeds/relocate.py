"""改地点: where a case is written down, put right by whoever holds it."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Role
from gezhi.work.cases import signals
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.intake.report_text import Where
from gezhi.work.cases.intake.validating import valid_where
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.relocating import asked_of, put_right, right_holder
from gezhi.work.cases.rules import INTAKE, OPEN, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.RELOCATE,
        # While its grid is asked the place stays: the question is that grid's.
        Rule(
            staying(OPEN - {State.VERIFYING}),
            (Standing.HOLDER,),
            INTAKE | {Role.DISPATCHER, Role.HANDLER, Role.CHECKER, Role.SUPERVISOR},
            "持有单位的工作人员",
        ),
        word=gettext_lazy("改地点"),
        to_reporter=gettext_lazy("%(unit)s核对了地点"),
        place=190,
        while_hung=True,
    )
)


def relocate(*, where: Where, words: str = "", **to: Unpack[OnCase]) -> Step:
    """改地点: write the case down where it is, at a place or a point; areas follow, the due stays.

    The holder stays too, but a street centre gives what lies on another street to that street's.
    Refuses (Invalid) no place, one that is gone, on no street, or where the case is already.
    """
    words = valid_words(words)
    where = valid_where(where)

    def body(doing: Doing) -> Step:
        moved = put_right(doing.case, where, doing.seals)
        if not moved:
            raise Invalid(_("这件事已经在这个地点了"), field="place_id")
        doing.move(State(doing.case.state), right_holder(doing, moved), restart=False)
        step = doing.finish(words=words, detail=moved)
        signals.relocated.send(sender=Case, case=doing.case, step=step)
        return step

    return do(Deed.RELOCATE, {"where": asked_of(where), "words": words}, body, **to)
