"""Opening a reporter's contact: by right, for a purpose, recorded."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import secrets
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.viewer import Role, Viewer
from gezhi.kernel.words import clean, shown
from gezhi.work.cases.models import Report, Reporter
from gezhi.work.cases.queries.visible import visible_to

# A handler sees what happened and where; who said it stays with those who call back.
REVEALING_ROLES = (Role.ACCEPTOR, Role.COMMUNITY_CLERK, Role.CHECKER, Role.SUPERVISOR)
PURPOSES = ("callback", "visit", "clarify", "check", "other")


@dataclass(frozen=True, slots=True)
class OpenContact:
    """A reporter's contact in the clear, for the page that asked and no other."""

    name: str
    phone: str


@transaction.atomic
def reveal_contact(*, report_id: int, by: Viewer, purpose: str, words: str = "") -> OpenContact:
    """Name and phone of one report, recorded with who, when and why.

    Refuses (Unseen) a report of a case the viewer cannot see, (NotPermitted) a role that never
    calls back, (Invalid) without a purpose, or with `other` and no words.
    """
    report = (
        Report.objects.select_related("reporter")
        .filter(pk=report_id, case__in=visible_to(by).values("pk"))
        .first()
    )
    if report is None:
        raise Unseen(_("没有找到这条诉求"))
    if not by.has(*REVEALING_ROLES):
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
def recognize_caller(*, phone: str, by: Viewer) -> list[str]:
    """Numbers of the last five visible cases of this exact phone, newest first; recorded.

    The phone is looked up by its keyed index and kept nowhere. Refuses (NotPermitted) any role
    but those who answer the phone.
    """
    if not by.has(Role.ACCEPTOR, Role.COMMUNITY_CLERK):
        raise NotPermitted(_("来电识别由受理员或社区工作人员使用"))
    reports = Reporter.objects.filter(phone_index__in=secrets.blind_indexes("phone", phone)).values(
        "report__case_id"
    )
    numbers = list(
        visible_to(by).filter(pk__in=reports).order_by("-id").values_list("number", flat=True)[:5]
    )
    audit.record_read(by=by, what="caller", subject_kind="case", subject_id=0, purpose="intake")
    return numbers
