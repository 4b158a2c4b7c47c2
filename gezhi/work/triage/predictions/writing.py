"""What is advised, and writing it: once a case and question, anew until a person has chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gezhi.kernel import clock, rows
from gezhi.work.cases.models import Case
from gezhi.work.triage import figures
from gezhi.work.triage.models import Advice, AdviceWords

MOST_WORDS = 6
# When the advice of a case was made, where that is not now.
When = Callable[[Case], datetime]


@dataclass(frozen=True, slots=True)
class Made:
    """One piece of advice, not yet written; `confidence` from 0 to 1."""

    what: str
    method: str
    label: str
    confidence: float
    abstained: bool
    alternatives: Sequence[Sequence[Any]] = ()
    words: Sequence[str] = ()
    model_id: int | None = None


def write(case: Case, made: Iterable[Made]) -> list[str]:
    """Write what was made, answers on which questions; where a person has chosen, nothing."""
    return write_each([(case, {one.what: one for one in made})]).get(case.pk, [])


def write_each(
    made: Iterable[tuple[Case, Mapping[str, Made]]], when: When | None = None
) -> dict[int, list[str]]:
    """Write what was made for each case, by question; where a person has chosen, nothing.

    Made now, unless `when` tells another moment of a case. Answers by the id of the case on which
    questions. All or none, in a few statements.
    """
    by_case = {case.pk: (case, by_what) for case, by_what in made if by_what}
    if not by_case:
        return {}
    kept: dict[int, list[str]] = {}
    fresh: list[Advice] = []
    again: list[Advice] = []
    reasons: list[AdviceWords] = []
    with transaction.atomic():
        known = _known(by_case)
        for case, by_what in by_case.values():
            for what, one in by_what.items():
                row = known.get((case.pk, what))
                if row is not None and row.settled_at is not None:
                    continue
                kept.setdefault(case.pk, []).append(what)
                at = when(case) if when else clock.now()
                written = _row(row or Advice(case=case, what=what), case, one, at)
                (again if row else fresh).append(written)
                if words := [word[:20] for word in one.words[:MOST_WORDS]]:
                    reasons.append(AdviceWords(advice=written, words=words))
        rows.insert_each(fresh)
        if again:
            rows.change_each(again, _CHANGING)
            AdviceWords.objects.filter(advice__in=again).delete()
        rows.insert_each(reasons)
    return kept


def _known(case_ids: Iterable[int]) -> dict[tuple[int, str], Advice]:
    """What these cases were advised before, locked in one order, whoever locks."""
    rows = Advice.objects.select_for_update().filter(case__in=list(case_ids)).order_by("id")
    return {(row.case_id, row.what): row for row in rows}


_CHANGING = (
    "street_id", "method", "trained_model", "label", "confidence", "abstained", "alternatives",
    "made_at", "month", "minutes",
)  # fmt: skip


def _row(row: Advice, case: Case, made: Made, at: datetime) -> Advice:
    row.district_id = case.district_id
    row.street_id = case.street_id or 0
    row.method = made.method
    row.trained_model_id = made.model_id
    row.label = made.label[:60]
    row.confidence = min(1.0, max(0.0, float(made.confidence)))
    row.abstained = made.abstained
    row.alternatives = [list(one) for one in made.alternatives]
    row.made_at = at
    row.month = figures.month_of(clock.local(at).date())
    row.minutes = figures.minutes_of(case) if row.what == "class" else None
    return row
