"""What a person chose, set beside what was advised: seen from the deed, never clicked."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from django.db import models, transaction

from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock, rows
from gezhi.records.places.gazetteers import gazetteer_of
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import Deed, Mark, State
from gezhi.work.triage import figures
from gezhi.work.triage.aliases import learn_name
from gezhi.work.triage.fingerprinting import fingerprint_of
from gezhi.work.triage.models import Advice
from gezhi.work.triage.predictions.likenesses import keep_fingerprints
from gezhi.work.triage.predictions.sharing import Shared
from gezhi.work.triage.predictions.units import advise_unit
from gezhi.work.triage.predictions.writing import write_each
from gezhi.work.triage.report_text import ReportText, report_texts_of


def note_outcome(step_id: int) -> int:
    """Settle the advice that this step decided; answers how many rows changed.

    Accepting decides class and kind, sending the unit, moving the case its place, the end whether
    the advice was right; a place that was left as it was says nothing. Safe to run again: what is
    settled stays settled.
    """
    (settled,) = note_outcomes([step_id])
    return settled


def note_outcomes(step_ids: Sequence[int]) -> list[int]:
    """`note_outcome` for many steps in their order: what they share is read once and written once.

    Answers how many rows changed by each. All or none.
    """
    found = Step.objects.select_related("case").in_bulk(list(step_ids))
    steps = [found.get(step_id) for step_id in step_ids]
    known = [step for step in steps if step is not None]
    with transaction.atomic():
        placed = [step for step in known if step.deed in (Deed.ACCEPT, Deed.RELOCATE)]
        taught = _made_anew(placed)
        rows = _Rows({step.case_id for step in known})
        settled = [_settled(step, rows, taught) if step is not None else 0 for step in steps]
        rows.save()
    return settled


def _settled(step: Step, rows: "_Rows", taught: Set[int]) -> int:
    case, at = step.case, step.recorded_at
    if step.deed == Deed.RELOCATE:
        return _placed(step, rows, taught)
    if step.deed == Deed.ACCEPT:
        settled = rows.settle(case, "class", str(step.detail.get("class") or case.class_code), at)
        settled += rows.settle(case, "kind", case.kind, at)
        # It was kept as a case of its own.
        settled += rows.settle(case, "same", str(case.pk), at)
        return settled + _placed(step, rows, taught)
    if step.deed == Deed.DISPATCH:
        return rows.settle(case, "unit", str(step.detail.get("lead") or ""), at)
    if step.to_state == State.CLOSED:
        return _closed(step, rows)
    return 0


def _made_anew(placed: Sequence[Step]) -> set[int]:
    """What hangs on class and place is made anew; answers the steps that taught a name of a place."""
    cases = {step.case_id: step.case for step in placed}
    report_texts = report_texts_of(cases) if cases else {}
    shared = Shared(cases)
    keep_fingerprints([fingerprint_of(case, report_texts[pk]) for pk, case in cases.items()])
    # Both are certain now: the duty list may name another unit than the guess did.
    made = [(case, advise_unit(case, report_texts[pk], {}, shared)) for pk, case in cases.items()]
    # Made by what the step settled, whenever the task comes round to it.
    moments = {step.case_id: step.recorded_at for step in placed}
    write_each(
        [(case, {"unit": unit}) for case, unit in made if unit is not None],
        when=lambda case: moments[case.pk],
    )
    return {step.pk for step in placed if _teaches(step, report_texts[step.case_id])}


def _teaches(step: Step, report_text: ReportText) -> bool:
    """Learn the name of a place that was put right; whether it is still where the step put it."""
    case, now = step.case, step.detail.get("now") or {}
    # A name from a restricted case would tell what was said there, one of a drill was made up. Moved
    # on since: what was corrected teaches nothing.
    if _tells_nothing(case) or not now.get("place") or now["place"] != case.place_id:
        return False
    learn_name(
        gazetteer_of(case.district_id, dwellings=True),
        report_text.place_words,
        place_id=now["compound"] or now["place"],
        case_id=case.pk,
    )
    return True


def _tells_nothing(case: Case) -> bool:
    return case.is_restricted or Mark.DRILL in case.all_marks


def _placed(step: Step, rows: "_Rows", taught: Set[int]) -> int:
    """A place that was put right is the choice."""
    now = step.detail.get("now") or {}
    if not now.get("place") or not (_tells_nothing(step.case) or step.pk in taught):
        return 0
    return rows.settle(step.case, "place", str(now["place"]), step.recorded_at)


def _closed(step: Step, rows: "_Rows") -> int:
    case, at = step.case, step.recorded_at
    # Answered at the desk or handled on the spot: nobody accepted, the end is the choice.
    settled = rows.settle(case, "class", case.class_code, at)
    settled += rows.settle(case, "kind", case.kind, at)
    ended = {
        "class": case.class_code,
        "kind": case.kind,
        "unit": _unit_at_end(case),
        "place": str(case.place_id or ""),
    }
    return settled + sum(rows.judge(case, what, label) for what, label in ended.items() if label)


class _Rows:
    """The advice of some cases: read at once, changed in memory, written at once."""

    def __init__(self, case_ids: Iterable[int]) -> None:
        rows = Advice.objects.select_for_update().filter(case__in=list(case_ids)).order_by("id")
        self._known = {(row.case_id, row.what): row for row in rows}
        self._changed: dict[int, Advice] = {}

    def settle(self, case: Case, what: str, chosen: str, at: datetime) -> int:
        """Note what a person chose at a moment, unless somebody has before."""
        row = self._known.get((case.pk, what))
        if row is None or row.settled_at is not None or not chosen:
            return 0
        row.settled_at = at
        row.chosen = chosen[:60]
        row.taken = row.label == chosen if row.is_given else None
        row.minutes = figures.minutes_of(case) if what == "class" else None
        self._changed[row.pk] = row
        return 1

    def judge(self, case: Case, what: str, label: str) -> int:
        """Note whether what was given turned out right."""
        row = self._known.get((case.pk, what))
        if row is None or not row.is_given:
            return 0
        row.right = row.label == label
        self._changed[row.pk] = row
        return 1

    def save(self) -> None:
        """Write what changed."""
        fields = ["settled_at", "chosen", "taken", "minutes", "right"]
        rows.change_each(list(self._changed.values()), fields)


def note_merged() -> int:
    """Settle what was merged since: merging tells no news, so each night looks for it."""
    rows = Advice.objects.filter(
        what="same", settled_at=None, case__state=State.MERGED
    ).select_related("case")
    settled = 0
    with Sweep("settle-merged") as each:
        for row in rows:
            with each.one("case", row.case.number, row.district_id):
                settled += _note_merged(row)
    return settled


@transaction.atomic
def _note_merged(row: Advice) -> int:
    rows = _Rows([row.case_id])
    settled = rows.settle(row.case, "same", str(row.case.merged_into_id), clock.now())
    rows.save()
    Advice.objects.filter(pk=row.pk).exclude(taken=None).update(right=models.F("taken"))
    return settled


def _unit_at_end(case: Case) -> str:
    last = (
        Assignment.objects.filter(case=case, part="lead", returned_at=None)
        .order_by("-sent_at", "-id")
        .values_list("unit_id", flat=True)
        .first()
    )
    return str(last or "")
