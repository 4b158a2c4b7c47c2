"""Writing one piece of advice: once a case and question, anew until a person has chosen."""

from collections.abc import Sequence
from typing import Any

from gezhi.kernel import clock
from gezhi.work.cases.models import Case
from gezhi.work.triage.models import Advice, AdviceWords

MOST_WORDS = 6


def write(
    case: Case,
    what: str,
    *,
    method: str,
    label: str,
    confidence: float,
    abstained: bool,
    alternatives: Sequence[Sequence[Any]] = (),
    words: Sequence[str] = (),
    model_id: int | None = None,
) -> bool:
    """Write or write anew what is advised; False when a person has chosen already."""
    row = Advice.objects.select_for_update().filter(case=case, what=what).first()
    if row is None:
        row = Advice(district_id=case.district_id, case=case, what=what)
    elif row.settled_at is not None:
        return False
    row.street_id = case.street_id or 0
    row.method = method
    row.trained_model_id = model_id
    row.label = label[:60]
    row.confidence = min(1.0, max(0.0, float(confidence)))
    row.abstained = abstained
    row.alternatives = [list(one) for one in alternatives]
    row.made_at = clock.now()
    row.save()
    kept = [word[:20] for word in words[:MOST_WORDS]]
    AdviceWords.objects.update_or_create(advice=row, defaults={"words": kept})
    return True
