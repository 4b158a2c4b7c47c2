"""The likely same cases of a case, and its own fingerprint for those to come."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from gezhi.methods.resemble import Likeness
from gezhi.methods.resemble.weights import VERSION
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import State
from gezhi.work.triage import likeness
from gezhi.work.triage.fingerprinting import content_of, fingerprint_of
from gezhi.work.triage.models import Fingerprint
from gezhi.work.triage.predictions.sharing import Shared
from gezhi.work.triage.predictions.writing import Made
from gezhi.work.triage.report_text import ReportText
from gezhi.work.triage.rules import LEAST_LIKENESS

MOST = 5
# A task has time: the first look after a start reads every open case.
PATIENCE_SECONDS = 120.0


def advise_same(
    case: Case, report_text: ReportText, before: dict[str, Made], shared: Shared
) -> Made | None:
    """Make the case's fingerprint, and advise which open or recent cases it may be.

    The fingerprint is known here before it is written, so that the cases after this one in the
    batch are compared with it. A restricted case is compared with the others, none with it.
    """
    row = fingerprint_of(case, report_text)
    shared.fingerprints.append(row)
    memory = likeness.memory_of(case.district_id)
    memory.take_in(row)
    compared = likeness.compared_case(row)
    if case.is_restricted and not report_text.is_empty:
        compared = replace(compared, fingerprint=content_of(report_text))
    if not compared.fingerprint or case.state not in (
        State.REPORTED,
        State.VERIFYING,
        State.ACCEPTED,
    ):
        return None
    found = memory.nearest(compared, most=MOST, until=time.monotonic() + PATIENCE_SECONDS)
    return _made([one for one in found if one.score >= LEAST_LIKENESS])


def keep_fingerprint(case: Case, report_text: ReportText) -> Fingerprint:
    """Write the fingerprint of a case anew: empty where the words are gone."""
    row = fingerprint_of(case, report_text)
    keep_fingerprints([row])
    return row


def keep_fingerprints(rows: Sequence[Fingerprint]) -> None:
    """Write these in the place of those that their cases have; all or none."""
    with transaction.atomic():
        Fingerprint.objects.filter(case__in=[row.case_id for row in rows]).delete()
        Fingerprint.objects.bulk_create(rows)


def _made(found: list[Likeness]) -> Made | None:
    if not found:
        return None
    best = found[0]
    rows: list[list[Any]] = [
        [
            str(one.id),
            *(round(part, 4) for part in (one.score, one.text, one.place, one.time)),
            one.merge,
            VERSION,
        ]
        for one in found
    ]
    return Made(
        "same",
        method="likeness",
        label=str(best.id),
        confidence=best.score,
        abstained=not best.merge,
        alternatives=rows,
    )
