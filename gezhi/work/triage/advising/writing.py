"""What is advised, and writing it: once a case and question, anew until a person has chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gezhi.kernel import clock
from gezhi.work.cases.models import Case
from gezhi.work.triage.models import Advice, AdviceWords

MOST_WORDS = 6


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
    by_what = {one.what: one for one in made}
    if not by_what:
        return []
    with transaction.atomic():
        known = {row.what: row for row in Advice.objects.select_for_update().filter(case=case)}
        kept = [what for what in by_what if what not in known or known[what].settled_at is None]
        fresh = [
            _row(Advice(case=case, what=what), case, by_what[what])
            for what in kept
            if what not in known
        ]
        again = [_row(known[what], case, by_what[what]) for what in kept if what in known]
        if fresh:
            Advice.objects.bulk_create(fresh)
        for row in again:
            row.save(update_fields=_CHANGING)
        if again:
            AdviceWords.objects.filter(advice__in=again).delete()
        reasons = [
            AdviceWords(advice=row, words=words)
            for row in (*fresh, *again)
            if (words := [word[:20] for word in by_what[row.what].words[:MOST_WORDS]])
        ]
        if reasons:
            AdviceWords.objects.bulk_create(reasons)
    return kept


_CHANGING = (
    "street_id", "method", "trained_model", "label", "confidence", "abstained", "alternatives",
    "made_at",
)  # fmt: skip


def _row(row: Advice, case: Case, made: Made) -> Advice:
    row.district_id = case.district_id
    row.street_id = case.street_id or 0
    row.method = made.method
    row.trained_model_id = made.model_id
    row.label = made.label[:60]
    row.confidence = min(1.0, max(0.0, float(made.confidence)))
    row.abstained = made.abstained
    row.alternatives = [list(one) for one in made.alternatives]
    row.made_at = clock.now()
    return row
