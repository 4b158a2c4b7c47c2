"""How much error the office will bear, as it was last set."""

from gezhi.work.triage.models import Tolerance
from gezhi.work.triage.rules import DEFAULT_ERROR


def error_of(district_id: int, what: str) -> float:
    """The error borne for one question: 0.03 means 97 of 100 given are to be right."""
    row = (
        Tolerance.objects.filter(district_id=district_id, what=what)
        .order_by("-version")
        .values_list("error", flat=True)
        .first()
    )
    return DEFAULT_ERROR if row is None else row
