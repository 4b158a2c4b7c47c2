"""What a person chose, set beside what was advised: seen from the deed, never clicked."""

from django.db import models, transaction

from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.records.places.gazetteers import gazetteer_of
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import Deed, State
from gezhi.work.triage import figures
from gezhi.work.triage.advising.likenesses import keep_fingerprint
from gezhi.work.triage.advising.sharing import Shared
from gezhi.work.triage.advising.units import advise_unit
from gezhi.work.triage.advising.writing import write
from gezhi.work.triage.aliases import learn_name
from gezhi.work.triage.models import GIVEN, Advice
from gezhi.work.triage.said import said_of


def settle_step(step_id: int) -> int:
    """Settle the advice that this step decided; answers how many rows changed.

    Accepting decides class and kind, sending the unit, moving the case its place, the end whether
    the advice was right; a place that was left as it was says nothing. Safe to run again: what is
    settled stays settled.
    """
    step = Step.objects.select_related("case").filter(pk=step_id).first()
    if step is None:
        return 0
    case = step.case
    if step.deed == Deed.RELOCATE:
        return _placed(case, step)
    if step.deed == Deed.ACCEPT:
        return _accepted(case, step)
    if step.deed == Deed.DISPATCH:
        return _settle(case, "unit", str(step.detail.get("lead") or ""))
    if step.to_state == State.CLOSED:
        return _closed(case)
    return 0


def _accepted(case: Case, step: Step) -> int:
    settled = _settle(case, "class", str(step.detail.get("class") or case.class_code))
    settled += _settle(case, "kind", case.kind)
    # It was kept as a matter of its own.
    settled += _settle(case, "same", str(case.pk))
    return settled + _placed(case, step)


def _placed(case: Case, step: Step) -> int:
    """What hangs on class and place is made anew; a place that was put right is the choice."""
    said = said_of(case)
    keep_fingerprint(case, said)
    # Both are certain now: the duty list may name another unit than the guess did.
    unit = advise_unit(case, said, {}, Shared([case.pk]))
    write(case, [unit] if unit else [])
    now = step.detail.get("now") or {}
    # A name from a restricted case would tell what was said there.
    if case.is_restricted:
        return _settle(case, "place", str(now["place"])) if now.get("place") else 0
    # Moved on since: what was corrected teaches nothing.
    if not now.get("place") or now["place"] != case.place_id:
        return 0
    learn_name(
        gazetteer_of(case.district_id, dwellings=True),
        said.place_words,
        place_id=now["compound"] or now["place"],
        case_id=case.pk,
    )
    return _settle(case, "place", str(now["place"]))


def settle_merged() -> int:
    """Settle what was merged since: merging tells no news, so each night looks for it."""
    rows = Advice.objects.filter(
        what="same", settled_at=None, case__state=State.MERGED
    ).select_related("case")
    settled = 0
    with Sweep("settle-merged") as each:
        for row in rows:
            with each.one("case", row.case.number, row.district_id):
                settled += _settle_merged(row)
    return settled


@transaction.atomic
def _settle_merged(row: Advice) -> int:
    settled = _settle(row.case, "same", str(row.case.merged_into_id))
    Advice.objects.filter(pk=row.pk).exclude(taken=None).update(right=models.F("taken"))
    return settled


def _closed(case: Case) -> int:
    # Answered at the desk or handled on the spot: nobody accepted, the end is the choice.
    settled = _settle(case, "class", case.class_code) + _settle(case, "kind", case.kind)
    ended = {
        "class": case.class_code,
        "kind": case.kind,
        "unit": _unit_at_end(case),
        "place": str(case.place_id or ""),
    }
    for what, label in ended.items():
        for row in Advice.objects.filter(GIVEN, case=case, what=what):
            if label:
                row.right = row.label == label
                row.save(update_fields=["right"])
                settled += 1
    return settled


def _unit_at_end(case: Case) -> str:
    last = (
        Assignment.objects.filter(case=case, part="lead", returned_at=None)
        .order_by("-sent_at", "-id")
        .values_list("unit_id", flat=True)
        .first()
    )
    return str(last or "")


def _settle(case: Case, what: str, chosen: str) -> int:
    row = Advice.objects.filter(case=case, what=what, settled_at=None).first()
    if row is None or not chosen:
        return 0
    row.settled_at = clock.now()
    row.chosen = chosen[:60]
    row.taken = row.label == chosen if row.is_given else None
    row.minutes = figures.minutes_of(case) if what == "class" else None
    row.save(update_fields=["settled_at", "chosen", "taken", "minutes"])
    return 1
