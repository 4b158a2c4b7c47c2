"""The advice on one case as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import worded_to
from gezhi.work.triage.models import Advice
from gezhi.work.triage.rules import band_of


@dataclass(frozen=True, slots=True)
class Alternative:
    """One choice with its probability in percent."""

    code: str
    name: str
    percent: int


@dataclass(frozen=True, slots=True)
class AdviceView:
    """One piece of advice with the names of its codes.

    `band` is sure, fair or unsure (把握大、一般、拿不准); `method` is rules, model, duty, likeness
    or place; `words` are the words of the report that spoke for it (the duty's name for a unit by
    the duty list).
    """

    what: str
    code: str
    name: str
    percent: int
    band: str
    abstained: bool
    words: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    method: str
    made_at: datetime
    settled: bool
    chosen: str
    chosen_name: str
    taken: bool | None
    right: bool | None


@dataclass(frozen=True, slots=True)
class CaseAdvice:
    """Everything advised for a case, by question; None where nothing was."""

    of_class: AdviceView | None = None
    of_kind: AdviceView | None = None
    of_unit: AdviceView | None = None
    of_place: AdviceView | None = None

    @property
    def rows(self) -> tuple[AdviceView, ...]:
        """What there is, in the order of the page."""
        every = (self.of_class, self.of_kind, self.of_unit, self.of_place)
        return tuple(row for row in every if row is not None)


def advice_for_case(viewer: Viewer, case: Case) -> CaseAdvice:
    """What was advised for a case the viewer may see; empty for everybody else.

    Three or four statements, whatever was advised.
    """
    if not worded_to(viewer).filter(pk=case.pk).exists():
        return CaseAdvice()
    rows = Advice.objects.filter(case=case, what__in=("class", "kind", "unit", "place"))
    found = {row.what: row for row in rows.select_related("words")}
    names = _Names(case, found.values())
    views = {what: _view(row, names) for what, row in found.items()}
    return CaseAdvice(
        of_class=views.get("class"),
        of_kind=views.get("kind"),
        of_unit=views.get("unit"),
        of_place=views.get("place"),
    )


class _Names:
    """Names of the codes and ids in some advice; one query for units, one for places."""

    def __init__(self, case: Case, rows: Iterable[Advice]) -> None:
        self._pack_id = case.pack_id
        ids: dict[str, set[int]] = {"unit": set(), "place": set()}
        for row in rows:
            if row.what in ids:
                every = [row.label, row.chosen, *(str(one[0]) for one in row.alternatives)]
                ids[row.what] |= {int(one) for one in every if one.isdecimal()}
        self._known = {
            "unit": units.names_of(ids["unit"]) if ids["unit"] else {},
            "place": places.whole_names_of(ids["place"]) if ids["place"] else {},
        }

    def name(self, what: str, code: str) -> str:
        if what in self._known:
            return self._known[what].get(int(code), "") if code.isdecimal() else ""
        dictionary = "matters" if what == "class" else "request_kinds"
        term = codes.term(dictionary, code) or codes.term(dictionary, code, pack_id=self._pack_id)
        return term.label if term else code


def _view(row: Advice, names: _Names) -> AdviceView:
    words = getattr(row, "words", None)
    return AdviceView(
        what=row.what,
        code=row.label,
        name=names.name(row.what, row.label),
        percent=percent(row.confidence),
        band=band_of(row.confidence, row.abstained),
        abstained=row.abstained,
        words=tuple(words.words) if words else (),
        alternatives=tuple(_alternative(row.what, one, names) for one in row.alternatives),
        method=row.method,
        made_at=row.made_at,
        settled=row.settled_at is not None,
        chosen=row.chosen,
        chosen_name=names.name(row.what, row.chosen) if row.chosen else "",
        taken=row.taken,
        right=row.right,
    )


def _alternative(what: str, one: list[Any], names: _Names) -> Alternative:
    return Alternative(str(one[0]), names.name(what, str(one[0])), percent(float(one[1])))


def percent(share: float) -> int:
    """A share as whole percent; never 100, because nothing is certain."""
    return min(99, round(share * 100))
