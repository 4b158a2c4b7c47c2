"""归档: nobody can reopen it any more."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed, Rule, Standing, State
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.ARCHIVE,
        Rule(moving((State.CLOSED, State.ARCHIVED)), (Standing.SYSTEM,), who="系统"),
        word=gettext_lazy("归档"),
        announced=False,
    )
)


def archive(**to: Unpack[OnCase]) -> Step:
    """归档 by the beat, when nobody can reopen it any more."""
    return do(Deed.ARCHIVE, {}, _archive, **to)


def _archive(doing: Doing) -> Step:
    doing.case.state = State.ARCHIVED
    return doing.finish()
