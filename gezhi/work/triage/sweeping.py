"""Each night: what was erased is emptied here too, and cases without a fingerprint get one."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.work.cases.models import Case, ReportWords
from gezhi.work.triage.advising.likenesses import (
    fingerprint_of,
    keep_fingerprint,
    keep_fingerprints,
)
from gezhi.work.triage.aliases import unlearn
from gezhi.work.triage.likeness import DAYS
from gezhi.work.triage.models import AdviceWords, AliasUse, Fingerprint
from gezhi.work.triage.rules import ALIAS_AFTER
from gezhi.work.triage.said import said_of, said_of_each

MOST_A_NIGHT = 20_000
AT_ONCE = 100


def sweep() -> int:
    """Empty and fill up; answers how many rows were touched. Safe to run again."""
    return empty_erased() + take_up_missed()


def empty_erased() -> int:
    """Empty fingerprints and reasons of cases whose words are gone, and the names they taught."""
    blank = ReportWords.objects.filter(text="", place_words="").values("report__first_case_id")
    touched = _unlearn_erased(AliasUse.objects.filter(case__in=blank))
    with Sweep("empty-erased") as each:
        for row in Fingerprint.objects.filter(case__in=blank).exclude(content=b""):
            with each.one("case", row.case.number, row.district_id):
                touched += _emptied(row.case)
    return touched


def _emptied(case: Case) -> bool:
    said = said_of(case)
    if said.is_empty:
        with transaction.atomic():
            # A new row, so that every process lets go of what it remembers.
            keep_fingerprint(case, said)
            AdviceWords.objects.filter(advice__case_id=case.pk).update(words=[])
    return said.is_empty


def _unlearn_erased(uses: QuerySet[AliasUse]) -> int:
    """A name that counts is the neighborhood's; what a single case said goes with its words."""
    uses = uses.filter(alias__count__lt=ALIAS_AFTER)
    said = said_of_each(uses.values_list("case_id", flat=True))
    erased = [case_id for case_id, one in said.items() if one.is_empty]
    return unlearn(uses.filter(case_id__in=erased))


def take_up_missed() -> int:
    """Make the fingerprints of open and recent cases that have none: of an office that had cases
    before it had triage, or of tasks that failed."""
    since = clock.now() - timedelta(days=DAYS)
    missed = Case.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=since), fingerprint=None
    ).order_by("-id")
    cases = list(missed[:MOST_A_NIGHT])
    with Sweep("take-up-missed") as each:
        for begin in range(0, len(cases), AT_ONCE):
            _take_up(cases[begin : begin + AT_ONCE], each)
    return each.done


def _take_up(part: list[Case], each: Sweep) -> None:
    """Read one by one, so that one that cannot be read keeps none of the others; written at once."""
    said = said_of_each([case.pk for case in part])
    fresh = []
    for case in part:
        with each.one("case", case.number, case.district_id):
            fresh.append(fingerprint_of(case, said[case.pk]))
    try:
        keep_fingerprints(fresh)
    except IntegrityError:
        # Some of them were advised on meanwhile.
        for row in fresh:
            with each.one("case", row.case.number, row.district_id):
                keep_fingerprints([row])
