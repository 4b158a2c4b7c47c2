"""A dispute and its ruling 裁决 in words, for the paper that is signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import terms
from gezhi.records.units import queries as units
from gezhi.work.cases.queries import CasePage, RulingLine
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed, Mark

KINDS = {"chief": gettext_lazy("值班长裁定"), "meeting": gettext_lazy("会商决定")}


@dataclass(frozen=True, slots=True)
class Ruled:
    """A dispute in words: who returned it and why, why a ruling was asked for, how it was ruled, on
    what grounds, and who assists."""

    line: RulingLine
    returned: list[tuple[StepLine, str]]
    asked: str
    kind: str
    grounds: str
    assists: str


def has_ruling(page: CasePage) -> bool:
    """Whether there is a dispute of the case, or was: told by what the page holds, nothing is asked."""
    if Mark.DISPUTED in page.case.all_marks:
        return True
    return any(step.deed in (Deed.DISPUTE, Deed.RULE) for step in page.steps)


def returns_in(steps: Sequence[StepLine], round_number: int) -> list[tuple[StepLine, str]]:
    """The returns of a round, each with its reason in words."""
    return [
        (step, terms.label("return_reasons", step.reason_code))
        for step in steps
        if step.deed == Deed.RETURN and step.round == round_number
    ]


def ruled_as(page: CasePage, line: RulingLine) -> Ruled:
    """A ruling of a case in words, from the steps of its round."""
    until = line.ended_at
    steps = [
        step
        for step in page.steps
        if step.round == line.round and (until is None or step.recorded_at <= until)
    ]
    asked = _last(steps, Deed.DISPUTE)
    told = next(
        (
            step
            for step in page.steps
            if step.deed == Deed.RULE and step.detail.get("ruling") == line.id
        ),
        None,
    )
    assists = list(told.detail.get("assist") or ()) if told else []
    names = units.names_of(assists) if assists else {}
    return Ruled(
        line=line,
        returned=returns_in(steps, line.round),
        asked=(asked.words if asked else "") or _("同一轮里退单到了次数，按规定裁决"),
        kind=str(KINDS.get(line.kind, "")),
        grounds=told.words if told else "",
        assists="、".join(names.get(unit, "") for unit in assists),
    )


def _last(steps: Sequence[StepLine], deed: Deed) -> StepLine | None:
    return next((step for step in reversed(steps) if step.deed == deed), None)
