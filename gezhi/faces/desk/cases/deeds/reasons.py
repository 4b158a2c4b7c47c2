"""Why a case may go to a unit, one line of reason each: rule or list, precedent, what was done before,
advice.

A further kind of reason is one more function in `SOURCES`: it gets the form and
answers its line, None where it has nothing to say. The lines stand in the order of the functions,
but for a precedent that speaks for this very matter: it goes first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell import terms
from gezhi.faces.shell.parts import Fact
from gezhi.kernel import clock
from gezhi.work.cases.queries import past_choice

if TYPE_CHECKING:
    from gezhi.faces.desk.cases.deeds.dispatching import DispatchForm


@dataclass(frozen=True, slots=True)
class Reason:
    """One line: its kind as a short word, the unit it speaks for, the sentence."""

    kind: str | Promise
    unit_id: int
    unit: str
    sentence: str


def by_rule(form: "DispatchForm") -> Reason | None:
    """The routing rule that fits first."""
    found = form.routing
    if found is None or not found.is_rule:
        return None
    sentence = gettext("第 %(order)d 条“%(name)s”：%(words)s") % {
        "order": found.order,
        "name": found.name,
        "words": found.words,
    }
    return Reason(_("派单规则"), found.lead_unit_id, found.lead_unit.name, sentence)


def by_list(form: "DispatchForm") -> Reason | None:
    """The row of the duty list, where no rule goes before it."""
    found = form.routing
    if found is None or found.is_rule or found.duty is None:
        return None
    duty = found.duty
    sentence = gettext("%(name)s（%(list)s，%(area)s）") % {
        "name": duty.name,
        "list": terms.label("duty_lists", duty.list_kind),
        "area": duty.area.short_name or duty.area.name,
    }
    if duty.legal_basis:
        sentence += gettext("；依据：%(basis)s") % {"basis": duty.legal_basis}
    return Reason(_("权责清单"), found.lead_unit_id, found.lead_unit.name, sentence)


def by_precedent(form: "DispatchForm") -> Reason | None:
    """The ruling that speaks for it most: of its class and place, the likest words."""
    found = form.precedent
    if found is None:
        return None
    sentence = gettext("%(area)s的“%(wording)s”裁决过归它：%(reason)s") % {
        "area": found.area.short_name or found.area.name,
        "wording": found.wording,
        "reason": found.reason,
    }
    return Reason(_("先例"), found.unit_id, found.unit.name, sentence)


def by_past(form: "DispatchForm") -> Reason | None:
    """What became of the last like cases in the same community."""
    past = past_choice(form.page.case)
    if past is None:
        return None
    day = clock.local(past.last_at)
    sentence = gettext(
        "这里最近办完的 %(of)d 件同类事，%(times)d 件是它办的，最近一次 %(month)d月%(day)d日"
    ) % {
        "of": past.of,
        "times": past.times,
        "month": day.month,
        "day": day.day,
    }
    return Reason(_("以往"), past.unit_id, past.unit, sentence)


def by_advice(form: "DispatchForm") -> Reason | None:
    """What triage learnt from how like words were sent."""
    view = form.advised
    if view is None:
        return None
    code = int(view.code) if view.code.isdecimal() else 0
    return Reason(_("系统建议"), code, "", form.advised_words)


SOURCES: tuple[Callable[["DispatchForm"], Reason | None], ...] = (
    by_rule,
    by_list,
    by_precedent,
    by_past,
    by_advice,
)


def reasons(form: "DispatchForm") -> list[Reason]:
    """Every line there is for this case; first the one whose unit the heading names."""
    first = (by_precedent,) if form.ruled_for else ()
    sources = (*first, *(source for source in SOURCES if source not in first))
    return [found for source in sources if (found := source(form)) is not None]


def facts(lines: list[Reason], refused: set[int]) -> list[Fact]:
    """The lines as they are drawn, each with its unit but the first, which the heading names; of a
    unit that returned the case in this round it is said."""
    return [
        Fact(str(line.kind), _line(line, place > 0, line.unit_id in refused))
        for place, line in enumerate(lines)
    ]


def _line(line: Reason, names_unit: bool, is_refused: bool) -> str:
    said = line.sentence
    if line.unit and names_unit:
        said = gettext("%(unit)s：%(sentence)s") % {"unit": line.unit, "sentence": said}
    return said + (gettext("（这一次已退回过）") if line.unit and is_refused else "")
