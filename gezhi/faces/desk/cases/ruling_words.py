"""A dispute and its ruling 裁决 in words, for the paper that is signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.parts import Fact, unbroken
from gezhi.records.units import queries as units
from gezhi.work.cases import queries as cases
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


@dataclass(frozen=True, slots=True)
class RulingShown:
    """The last dispute of a case for its page: the words, and who ruled, when and by which duty."""

    words: str
    facts: list[Fact]


def ruled(page: CasePage) -> RulingShown | None:
    """The last dispute of a case, ruled or not; None where there never was one."""
    line = cases.last_ruling(page.case) if has_ruling(page) else None
    if line is None:
        return None
    told = ruled_as(page, line)
    pairs = [
        (_("提请"), unbroken(line.disputed_by, moments.spoken(line.disputed_at))),
        (_("争在哪里"), told.asked),
    ]
    if line.ruled_at:
        duty = f"{line.duty_name}（{line.duty_basis}）" if line.duty_basis else line.duty_name
        pairs += [
            (_("谁定的"), unbroken(line.ruled_by, moments.spoken(line.ruled_at))),
            (_("怎么定的"), told.kind),
            (_("归谁办"), line.unit_name),
            (_("协办单位"), told.assists),
            (_("依据"), duty),
        ]
    else:
        pairs.append((_("怎么定的"), _("不用再裁决") if line.ended_at else _("还没裁决")))
    return RulingShown(told.grounds, [Fact(name, value) for name, value in pairs if value])


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
    asked = last_of(steps, Deed.DISPUTE)
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
        asked=asked.words if asked and line.disputed_by else _("同一轮里退单到了次数，按规定裁决"),
        kind=str(KINDS.get(line.kind, "")),
        grounds=told.words if told else "",
        assists="、".join(names.get(unit, "") for unit in assists),
    )


def last_of(steps: Sequence[StepLine], deed: Deed) -> StepLine | None:
    """The last of these steps that is of a deed."""
    return next((step for step in reversed(steps) if step.deed == deed), None)
