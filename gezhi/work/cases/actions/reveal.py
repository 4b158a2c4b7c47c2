"""Opening what is kept: a reporter's contact, a restricted case; by right, for a need, recorded."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import OuterRef
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.seals import Seals, is_whole
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.rights import Right
from gezhi.kernel.scope import asked_of_each
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import clean, shown
from gezhi.work.cases.models import Case, Opening, Report, Reporter
from gezhi.work.cases.queries.visible import known_to_exist, visible_to, worded_to
from gezhi.work.cases.rules import REVEALED_HOURS

# What a restricted case is opened for; `other` says it in words.
NEEDS = ("urged", "overdue", "decide", "asked", "other")
WORDS_LENGTH = 50
# Of a phone that calls for many (a hotline's) the last so many calls are looked at.
_CALLS = 1000
PURPOSES = ("callback", "visit", "clarify", "check", "other")


@dataclass(frozen=True, slots=True)
class OpenContact:
    """A reporter's contact in the clear, for the page that asked and no other."""

    name: str
    phone: str


@transaction.atomic
def reveal_contact(*, report_id: int, by: Viewer, purpose: str, words: str = "") -> OpenContact:
    """Name and phone of one report, recorded with who, when and why.

    Refuses (Unseen) a report of a case whose words the viewer cannot read, (NotPermitted) a role
    that never calls back, (Invalid) without a purpose, or with `other` and no words.
    """
    # Asked of this one report: of all cases whose words somebody may read there is no end.
    readable = asked_of_each(worded_to(by, opened=True).filter(pk=OuterRef("case")))
    report = Report.objects.select_related("reporter").filter(readable, pk=report_id).first()
    if report is None:
        raise Unseen(_("没有找到这条诉求"))
    if not by.may(Right.SEE_CONTACT):
        raise NotPermitted(_("联系方式由受理员、核查员或社区工作人员查看"))
    words = clean(words)
    if purpose not in PURPOSES or (purpose == "other" and len(words) < 2):
        raise Invalid(_("请说明为什么要查看联系方式"), field="purpose")
    audit.record_read(
        by=by,
        what="contact",
        subject_kind="report",
        subject_id=report.pk,
        purpose=purpose if purpose != "other" else f"other: {words}"[:60],
    )
    reporter = getattr(report, "reporter", None)
    if reporter is None:
        return OpenContact("", "")
    return OpenContact(shown(open_sealed(reporter, "name")), open_sealed(reporter, "phone"))


@transaction.atomic
def open_case(*, number: str, by: Viewer, need: str, words: str = "") -> Opening:
    """Open a restricted case of the area the viewer oversees to them alone, for eight hours.

    Recorded in the trail with who, when and why, and told in the case's own story. Open already,
    it stays open until then and nothing more is recorded. Refuses (Unseen) any other case, (Invalid)
    without a need, with `other` and no words, or with words too long.
    """
    case = known_to_exist(by).filter(number=number).first()
    if case is None or by.user_id is None:
        raise Unseen(_("没有找到这件事"))
    words = clean(words, field="words")
    if need not in NEEDS or (need == "other" and len(words) < 2):
        raise Invalid(_("请说明为什么要看这件保密的事"), field="need")
    if len(words) > WORDS_LENGTH:
        raise Invalid(_("最多 %(most)d 个字") % {"most": WORDS_LENGTH}, field="words")
    now = clock.now()
    running = Opening.objects.filter(case=case, user_id=by.user_id, until__gt=now)
    for opening in running:
        if is_whole(opening):
            return opening
    audit.record_read(
        by=by,
        what="case",
        subject_kind="case",
        subject_id=case.pk,
        purpose=need if need != "other" else f"other: {words}",
    )
    Case.objects.select_for_update().get(pk=case.pk)
    head, seals = audit.locked_head("case", case.pk), Seals()
    opening = Opening(
        district_id=case.district_id,
        case=case,
        user_id=by.user_id,
        purpose=need,
        words=words if need == "other" else "",
        opened_at=now,
        until=now + timedelta(hours=REVEALED_HOURS),
    )
    seals.insert(opening)
    audit.settle_head(head, seals)
    return opening


@transaction.atomic
def recognize_caller(*, phone: str, by: Viewer) -> list[str]:
    """Numbers of the last five visible cases of this exact phone, newest first; recorded.

    The phone is looked up by its keyed index and kept nowhere. Refuses (NotPermitted) any role
    but those who answer the phone.
    """
    if not by.may(Right.TAKE_IN):
        raise NotPermitted(_("来电识别由受理员或社区工作人员使用"))
    # Mostly few, and known before the cases are asked for: the database would begin with the many else.
    callers = Reporter.objects.filter(phone_index__in=secrets.blind_indexes("phone", phone))
    reports = list(callers.order_by("-pk").values_list("report__case_id", flat=True)[:_CALLS])
    numbers = list(
        visible_to(by).filter(pk__in=reports).order_by("-id").values_list("number", flat=True)[:5]
    )
    audit.record_read(by=by, what="caller", subject_kind="case", subject_id=0, purpose="intake")
    return numbers
