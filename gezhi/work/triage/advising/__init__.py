"""Making the advice of one case: each question by itself, so that one that fails keeps none other."""

import logging
from collections.abc import Callable

from gezhi.ground.codes import queries as codes
from gezhi.work.cases.models import Case
from gezhi.work.triage.advising.labels import advise_class, advise_kind
from gezhi.work.triage.advising.likenesses import advise_same
from gezhi.work.triage.advising.places import advise_place
from gezhi.work.triage.advising.units import advise_unit
from gezhi.work.triage.advising.writing import Made, write
from gezhi.work.triage.said import Said, said_of

logger = logging.getLogger("gezhi.triage")

# Each makes advice or None; what was made before it is handed on by question.
Part = Callable[[Case, Said, dict[str, Made]], Made | None]
PARTS: dict[str, Part] = {
    "class": advise_class,
    "kind": advise_kind,
    "unit": advise_unit,
    "place": advise_place,
    "same": advise_same,
}


def advise_case(case_id: int) -> list[str]:
    """Write advice on every question still open for this case; answers on which.

    Safe to run again: what a person has settled is left alone. A part that fails is tried again
    with the task after the others were done.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not case.is_open:
        return []
    said = said_of(case)
    made: dict[str, Made] = {}
    failed: Exception | None = None
    with codes.steady():
        for what, part in PARTS.items():
            try:
                one = part(case, said, made)
            except Exception as error:
                logger.error("no advice on %s: %s", what, type(error).__name__)
                failed = failed or error
            else:
                made |= {what: one} if one else {}
    written = write(case, made.values())
    if failed is not None:
        raise failed
    return written
