"""The likely same matters of a case, and its own fingerprint for those to come."""

import time
from typing import Any

from gezhi.methods.resemble import Likeness, Matter, fingerprint
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import State
from gezhi.work.triage import likeness
from gezhi.work.triage.advising.writing import Made
from gezhi.work.triage.models import Fingerprint
from gezhi.work.triage.rules import LEAST_LIKENESS
from gezhi.work.triage.said import Said

MOST = 5
# A task has time: the first look after a start reads every open matter.
PATIENCE_SECONDS = 120.0


def advise_same(case: Case, said: Said, before: dict[str, Made]) -> Made | None:
    """Keep the case's fingerprint, and advise which open or recent matters it may be."""
    row = keep_fingerprint(case, said)
    if not row.content or case.state not in (State.REPORTED, State.VERIFYING, State.ACCEPTED):
        return None
    found = likeness.memory_of(case.district_id).nearest(
        matter_of(row), most=MOST, until=time.monotonic() + PATIENCE_SECONDS
    )
    return _made([one for one in found if one.score >= LEAST_LIKENESS])


def keep_fingerprint(case: Case, said: Said) -> Fingerprint:
    """Write the fingerprint of a case anew: empty where the words are gone."""
    content = b"" if said.is_empty else fingerprint(likeness.compared(said.text, said.place_words))
    known = Fingerprint.objects.filter(case=case).values_list("pk", flat=True).first()
    if known is not None:
        Fingerprint.objects.filter(pk=known).delete()
    row = Fingerprint(
        district_id=case.district_id,
        case=case,
        content=content,
        moment=likeness.days_of(case.reported_at),
        longitude=case.longitude,
        latitude=case.latitude,
        compound_id=case.compound_id,
        class_code=case.class_code,
    )
    row.save(force_insert=True)
    return row


def matter_of(row: Fingerprint) -> Matter:
    """A stored fingerprint as the method takes it."""
    return Matter(
        id=row.case_id,
        fingerprint=bytes(row.content),
        moment=row.moment,
        longitude=row.longitude,
        latitude=row.latitude,
        compound_id=row.compound_id,
        class_code=row.class_code,
        open=True,
    )


def _made(found: list[Likeness]) -> Made | None:
    if not found:
        return None
    best = found[0]
    rows: list[list[Any]] = [
        [
            str(one.id),
            *(round(part, 4) for part in (one.score, one.text, one.place, one.time)),
            one.merge,
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
