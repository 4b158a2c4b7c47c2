"""Making the advice of cases: each question by itself, so that one that fails keeps none other.

Cases that lie in wait together are advised together: what they share is asked once, what is made
for them is written at once, and each gets the same advice as it would alone.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from gezhi.ground.codes import queries as codes
from gezhi.work.cases.models import Case
from gezhi.work.triage.models import Fingerprint
from gezhi.work.triage.predictions.labels import advise_class, advise_kind
from gezhi.work.triage.predictions.likenesses import advise_same, keep_fingerprints
from gezhi.work.triage.predictions.places import advise_place
from gezhi.work.triage.predictions.sharing import Shared
from gezhi.work.triage.predictions.units import advise_unit
from gezhi.work.triage.predictions.writing import Made, When, write_each
from gezhi.work.triage.report_text import ReportText, report_texts_of

logger = logging.getLogger("gezhi.triage")

# Each makes advice or None; what was made before it is handed on by question.
Part = Callable[[Case, ReportText, dict[str, Made], Shared], Made | None]
PARTS: dict[str, Part] = {
    "class": advise_class,
    "kind": advise_kind,
    "unit": advise_unit,
    "place": advise_place,
    "same": advise_same,
}


class MovedOn(Exception):
    """A person went on with the case while its advice was being made: it is to be made anew."""


@dataclass(slots=True)
class Advised:
    """What became of one case: the questions it was advised on, and what went wrong first."""

    written: list[str] = field(default_factory=list)
    failed: Exception | None = None


def advise_case(case_id: int) -> list[str]:
    """Write advice on every question still open for this case; answers on which.

    Raises what went wrong first, after the rest was written: the task tries again.
    """
    (advised,) = advise_cases([case_id])
    if advised.failed is not None:
        raise advised.failed
    return advised.written


def advise_cases(case_ids: Sequence[int], *, when: When | None = None) -> list[Advised]:
    """Write advice on every question still open for these cases, as for one after the other.

    `when` tells of each case when its advice was made; now, if it is left out.

    Answers in the order of the ids. Safe to run again: what a person has settled is left alone. A
    part that fails for a case keeps neither its other parts nor the other cases. Raises, with
    nothing written, what the database raises.
    """
    return keep(think(case_ids), when=when)


@dataclass(slots=True)
class Thought:
    """Advice on some cases that is made and not yet written; it may come from another process."""

    case_ids: Sequence[int]
    made: list[tuple[Case, dict[str, Made]]]
    fingerprints: list[Fingerprint]
    advised: dict[int, Advised]


def think(case_ids: Sequence[int]) -> Thought:
    """Make the advice of these cases, as `advise_cases`; writes nothing."""
    found = {case.pk: case for case in Case.objects.filter(pk__in=case_ids)}
    cases = [found[pk] for pk in dict.fromkeys(case_ids) if pk in found and found[pk].is_open]
    shared = Shared(case.pk for case in cases)
    report_texts = report_texts_of(shared.case_ids) if cases else {}
    advised = {case_id: Advised() for case_id in case_ids}
    with codes.steady():
        made = [
            (case, _made(case, report_texts[case.pk], shared, advised[case.pk])) for case in cases
        ]
    return Thought(case_ids, made, shared.fingerprints, advised)


def keep(thought: Thought, *, when: When | None = None) -> list[Advised]:
    """Write what was made, all or none; where a person went on meanwhile, nothing."""
    advised = thought.advised
    with transaction.atomic():
        keep_fingerprints(thought.fingerprints)
        for case_id, written in write_each(_unmoved(thought.made, advised), when).items():
            advised[case_id].written = written
    return [advised[case_id] for case_id in thought.case_ids]


def _made(case: Case, report_text: ReportText, shared: Shared, advised: Advised) -> dict[str, Made]:
    made: dict[str, Made] = {}
    for what, part in PARTS.items():
        try:
            one = part(case, report_text, made, shared)
        except Exception as error:
            logger.error("no advice on %s: %s", what, type(error).__name__)
            advised.failed = advised.failed or error
        else:
            made |= {what: one} if one else {}
    return made


def _unmoved(
    made: Sequence[tuple[Case, dict[str, Made]]], advised: dict[int, Advised]
) -> list[tuple[Case, dict[str, Made]]]:
    """Without the cases in whose state something changed since they were read: advice must not
    look as if it had been there before the person chose."""
    ids = [case.pk for case, by_what in made if by_what]
    now = dict(Case.objects.filter(pk__in=ids).values_list("pk", "state"))
    for case, _by_what in made:
        if now.get(case.pk, case.state) != case.state:
            advised[case.pk].failed = MovedOn()
    return [(case, by_what) for case, by_what in made if now.get(case.pk) == case.state]
