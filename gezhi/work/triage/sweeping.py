"""Each night: what was erased is emptied here too, and cases without a fingerprint get one."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.work.cases.models import Case, ReportWords
from gezhi.work.cases.rules import Confidentiality
from gezhi.work.triage.aliases import unlearn
from gezhi.work.triage.fingerprinting import fingerprint_of
from gezhi.work.triage.likeness import DAYS
from gezhi.work.triage.models import AdviceWords, AliasUse, Fingerprint, Topic, TopicMember
from gezhi.work.triage.predictions.likenesses import keep_fingerprint, keep_fingerprints
from gezhi.work.triage.report_text import report_text_of, report_texts_of
from gezhi.work.triage.rules import ALIAS_AFTER

MOST_A_NIGHT = 20_000
AT_ONCE = 100


def sweep() -> int:
    """Empty and fill up; answers how many rows were touched. Safe to run again."""
    return empty_erased() + take_up_missed()


def empty_erased() -> int:
    """Empty fingerprints and reasons of cases whose words are gone, and the names they taught.

    Of a restricted case too, whose words are kept from those who would meet them here.
    """
    kept = Case.objects.filter(confidentiality=Confidentiality.RESTRICTED)
    touched = 0
    with Sweep("forget-confidential") as each:
        for case in _remembered(kept):
            with each.one("case", case.number, case.district_id):
                touched += forget(case.pk)
    blank = ReportWords.objects.filter(text="", place_words="").values("report__first_case_id")
    touched += _unlearn_erased(AliasUse.objects.filter(case__in=blank))
    with Sweep("empty-erased") as each:
        for row in Fingerprint.objects.filter(case__in=blank).exclude(content=b""):
            with each.one("case", row.case.number, row.district_id):
                touched += _emptied(row.case)
    return touched


def _emptied(case: Case) -> bool:
    report_text = report_text_of(case)
    if report_text.is_empty:
        with transaction.atomic():
            # A new row, so that every process lets go of what it remembers.
            keep_fingerprint(case, report_text)
            AdviceWords.objects.filter(advice__case_id=case.pk).update(words=[])
    return report_text.is_empty


def _remembered(cases: QuerySet[Case]) -> list[Case]:
    """Those of the cases of which a fingerprint, a name or a place in a topic still speaks."""
    speaks = (
        Q(pk__in=Fingerprint.objects.exclude(content=b"").values("case_id"))
        | Q(pk__in=_names_of_few().values("case_id"))
        | Q(pk__in=TopicMember.objects.values("report__case_id"))
    )
    return list(cases.filter(speaks).order_by("pk"))


@transaction.atomic
def forget(case_id: int) -> int:
    """Let go of what was learnt from a case that is confidential now; answers how many rows.

    Its fingerprint, the topics it spoke in, whose names are made of its words too (the next night
    finds them anew without it), and a name of a place that is not yet common. What was advised on
    it stays for those who have it in hand.
    """
    case = Case.objects.get(pk=case_id)
    spoke = TopicMember.objects.filter(report__case=case)
    touched, _by_model = Topic.objects.filter(pk__in=spoke.values("topic")).delete()
    touched += unlearn(_names_of_few().filter(case=case))
    if Fingerprint.objects.filter(case=case).exclude(content=b"").exists():
        keep_fingerprint(case, report_text_of(case))
        touched += 1
    return touched


def _names_of_few() -> QuerySet[AliasUse]:
    """A name that counts is the neighborhood's; what a single case said is its own."""
    return AliasUse.objects.filter(alias__count__lt=ALIAS_AFTER)


def _unlearn_erased(uses: QuerySet[AliasUse]) -> int:
    """What a single case said of a place goes with its words."""
    uses = uses & _names_of_few()
    report_texts = report_texts_of(uses.values_list("case_id", flat=True))
    erased = [case_id for case_id, one in report_texts.items() if one.is_empty]
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
    report_texts = report_texts_of([case.pk for case in part])
    fresh = []
    for case in part:
        with each.one("case", case.number, case.district_id):
            fresh.append(fingerprint_of(case, report_texts[case.pk]))
    try:
        keep_fingerprints(fresh)
    except IntegrityError:
        # Some of them were advised on meanwhile.
        for row in fresh:
            with each.one("case", row.case.number, row.district_id):
                keep_fingerprints([row])
