"""重算时限: a due time reckoned on days nobody had announced is reckoned anew."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.work.cases import pausing
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.RECOMPUTE,
        Rule(staying(OPEN), (Standing.SYSTEM,), who="系统"),
        word=gettext_lazy("重算时限"),
        announced=False,
        while_hung=True,
    )
)


def recompute(**to: Unpack[OnCase]) -> Step | None:
    """The provisional due times of a case and its units computed anew when the year's notice has
    been imported, with what they were lengthened by and stood.

    Returns None when nothing changed. Urgent and copied due times are never provisional, nor is the
    day on which a hung case is looked at again.
    """
    return do(Deed.RECOMPUTE, {}, _recompute, **to)


def _recompute(doing: Doing) -> Step | None:
    before = doing.case.due_at
    version = pausing.reckon_provisional(doing)
    if version is None:
        return None
    return doing.finish(detail={"calendar": version, "moved": before != doing.case.due_at})
