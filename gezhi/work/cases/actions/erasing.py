"""Having deleted what is held of a reporter: the words go, the record of the handling stays.

Steps and audit hold ids and keyed digests only, so the chain fits as before (design §4.9; story
five of docs/decisions/0001; PIPL articles 47 and 50).
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Entry
from gezhi.ground.audit.seals import Seals
from gezhi.ground.files import actions as files
from gezhi.ground.files.models import File
from gezhi.kernel.digits import digits
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import clean
from gezhi.work.cases import searching, signals
from gezhi.work.cases.invitations import InvitationContact
from gezhi.work.cases.models import (
    Attachment,
    Case,
    CaseWords,
    Report,
    Reporter,
    ReportWords,
    Step,
    StepWords,
)
from gezhi.work.deeds.asked import refuse_bad_key, refuse_other_content

VERB = "cases.erase"
PURPOSE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a reporter, counted and not shown; all zero once it was erased."""

    number: str
    words: int
    contact: bool
    photos: int
    case_open: bool

    @property
    def nothing(self) -> bool:
        """Whether there is nothing left to delete."""
        return not (self.words or self.contact or self.photos)


def held_of(*, number: str, by: Viewer) -> Held:
    """What would be deleted, for the page that asks back. Refuses as `erase_reporter`."""
    return _counted(_report(number, by))


@transaction.atomic
def erase_reporter(*, number: str, by: Viewer, words: str, key: str) -> Held:
    """Empty the words, name, phone and photos of one report, by its 13-digit number; no way back.

    What staff wrote of their own handling stays, and the summary a clerk approved for neighbors.
    Promises that every step keeps its digests and that the deletion is audited with its purpose.
    Answers what was deleted; the same key of the same person again answers the same and deletes
    nothing more. Refuses (NotPermitted) everybody but the security administrator, (Unseen) a report
    of another district or none, (Invalid) without a purpose of 2 to 50 signs, (KeyReused) a key
    that came with another purpose.
    """
    report = _report(number, by)
    refuse_bad_key(key)
    words = clean(words, field="words")
    if not 2 <= len(words) <= PURPOSE_LENGTH:
        raise Invalid(
            _("请写明为什么删除，2 到 %(most)d 个字") % {"most": PURPOSE_LENGTH}, field="words"
        )
    # Merging moves reports between cases: both stay as they are until this is done.
    list(Case.objects.select_for_update().filter(pk__in=_cases(report)).order_by("pk"))
    report = Report.objects.select_related("case").get(pk=report.pk)
    held = _counted(report)
    purpose = f"other: {words}"
    earlier = _earlier(report, by, key, purpose)
    if earlier is not None:
        return earlier
    seals = _Sealed()
    _empty(report, seals)
    _drop_photos(report, by, seals)
    seals.settle()
    signals.erased.send(sender=Report, report=report)
    audit.record(
        by=by,
        verb=VERB,
        subject_kind="report",
        subject_id=report.pk,
        purpose=purpose,
        detail={
            "words": held.words,
            "contact": held.contact,
            "photos": held.photos,
            "open": held.case_open,
            "key": key,
        },
    )
    return held


def _report(number: str, by: Viewer) -> Report:
    if not by.may(Right.ERASE):
        raise NotPermitted(_("删除反映人的信息由安全管理员来做"))
    plain = digits(number)
    report = (
        Report.objects.select_related("case")
        .filter(number=plain, district_id=by.district_id or 0)
        .first()
    )
    if report is None:
        raise Unseen(_("没有这个受理号，请对照回执再看一遍"))
    return report


def _cases(report: Report) -> list[int]:
    spoken = _steps(report).order_by().values_list("case_id", flat=True)
    return sorted({report.case_id, report.first_case_id, *spoken})


def _own_cases(report: Report) -> list[int]:
    """The case whose title and place were taken from this report: the one it opened."""
    first = Report.objects.filter(first_case_id=report.first_case_id).order_by("pk").first()
    return [report.first_case_id] if first is not None and first.pk == report.pk else []


def _steps(report: Report) -> QuerySet[Step]:
    """Steps at which the reporter spoke, or was spoken with."""
    return Step.objects.filter(report_id=report.pk)


def _photos(report: Report) -> QuerySet[Attachment]:
    return Attachment.objects.filter(Q(report=report) | Q(step__in=_steps(report)))


def _counted(report: Report) -> Held:
    own = ReportWords.objects.filter(report=report)
    titles = CaseWords.objects.filter(case__in=_own_cases(report))
    steps = StepWords.objects.filter(step__in=_steps(report))
    return Held(
        number=report.number,
        words=own.exclude(text="", place_words="", rating_words="").count()
        + titles.exclude(title="", place_words="").count()
        + steps.exclude(text="").count(),
        contact=Reporter.objects.filter(report=report).exists(),
        photos=_photos(report).count(),
        case_open=report.case.is_open,
    )


def _earlier(report: Report, by: Viewer, key: str, purpose: str) -> Held | None:
    own = Entry.objects.filter(user_id=by.user_id, verb=VERB)
    for entry in own.filter(subject_kind="report", subject_id=report.pk):
        detail = entry.detail
        if detail.get("key") == key:
            refuse_other_content(entry.purpose == purpose)
            return Held(
                number=report.number,
                words=detail["words"],
                contact=detail["contact"],
                photos=detail["photos"],
                case_open=detail["open"],
            )
    return None


class _Sealed:
    """The seals of each case that loses words; their heads follow at the end, in order of case."""

    def __init__(self) -> None:
        self._of: defaultdict[int, Seals] = defaultdict(Seals)

    def of(self, case_id: int) -> Seals:
        return self._of[case_id]

    def settle(self) -> None:
        for case_id in sorted(self._of):
            audit.settle_head(audit.locked_head("case", case_id), self._of[case_id])


def _empty(report: Report, seals: _Sealed) -> None:
    own = seals.of(report.case_id)
    for said in ReportWords.objects.filter(report=report):
        own.change(said, text="", place_words="", rating_words="")
    for glance in CaseWords.objects.filter(case__in=_own_cases(report)).select_related("case"):
        seals.of(glance.case_id).change(glance, title="", place_words="")
        searching.renew(glance.case)
    for words in StepWords.objects.filter(step__in=_steps(report)).select_related("step"):
        seals.of(words.step.case_id).change(words, text="")
    for reporter in Reporter.objects.filter(report=report):
        own.release(reporter)
        reporter.delete()
    # Whom to find at the place may be whoever reported it.
    given = InvitationContact.objects.filter(invitation__case__in=_cases(report))
    for contact in given.select_related("invitation"):
        seals.of(contact.invitation.case_id).release(contact)
        contact.delete()
    # Nobody can be reached any more, so nothing is sent either.
    own.change(report, anonymous=True)


def _drop_photos(report: Report, by: Viewer, seals: _Sealed) -> None:
    """Take the photos off the case; their bytes go with the next cleaning of files."""
    rows = _photos(report)
    for photo in rows:
        seals.of(photo.case_id).release(photo)
    file_ids = set(rows.values_list("file_id", flat=True))
    rows.delete()
    shared = set(Attachment.objects.filter(file__in=file_ids).values_list("file_id", flat=True))
    gone = set(
        File.objects.filter(pk__in=file_ids, removed_at__isnull=False).values_list("pk", flat=True)
    )
    for file_id in sorted(file_ids - shared - gone):
        files.remove(file_id=file_id, by=by)
