"""接单: the unit begins."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.work.cases.assignments import open_lead
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Assignment, Step
from gezhi.work.cases.rules import UNIT_STAFF, Deed, Rule, Standing, State
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.TAKE,
        Rule(
            moving((State.DISPATCHED, State.HANDLING)),
            (Standing.HOLDER, Standing.GUEST),
            UNIT_STAFF,
            "承办单位的经办人",
        ),
        word=gettext_lazy("接单"),
        to_reporter=gettext_lazy("%(unit)s接手，开始办理"),
        to_worker=gettext_lazy("接单办理"),
        place=80,
    )
)


def take(**to: Unpack[OnCase]) -> Step:
    """接单: the unit begins; its handling clock runs from the assignment, not from here."""
    return do(Deed.TAKE, {}, _take, **to)


def _take(doing: Doing) -> Step:
    lead = open_lead(doing.case)
    doing.seals.change(lead, taken_at=doing.now)
    doing.move(State.HANDLING, doing.holder)
    _due_as_sent(doing, lead)
    return doing.finish()


def _due_as_sent(doing: Doing, lead: Assignment) -> None:
    """Taking late does not lengthen the time to handle: its clock began with the assignment."""
    kept = {
        name: getattr(lead, name)
        for name in ("began_at", "due_at", "provisional", "calendar_version", "limit_words")
    }
    doing.case.due_at = lead.due_at
    doing.case.due_provisional = lead.provisional
    for running in doing.case.stages.filter(ended_at=None):
        doing.seals.change(running, **kept)
