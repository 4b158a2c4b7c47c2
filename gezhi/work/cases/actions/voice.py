"""What a reporter does after reporting, and the call back: rate, reopen, add a word, urge."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import clocks
from gezhi.work.cases.doing import Doing, begin
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Report, ReportWords, Step
from gezhi.work.cases.rules import Deed, State
from gezhi.work.deeds.asked import checked_words

RESOLVED = ("solved", "partly", "unsolved")
SATISFIED = ("satisfied", "acceptable", "dissatisfied")


def _begin(deed: Deed, report: Report, by: Viewer, key: str, content: dict[str, object]) -> Doing:
    """A reporter's deed on their own report; the caller has checked number and code.

    Staff calling back come with a seat and are held to the deed's standing instead.
    """
    return begin(
        deed,
        number=report.case.number,
        by=by,
        key=key,
        content={"report": report.number, **content},
        presented=report,
    )


@transaction.atomic
def rate(
    *,
    report: Report,
    by: Viewer,
    key: str,
    resolved: str,
    satisfied: str,
    words: str = "",
) -> Step:
    """评价, by the reporter or asked in 回访: a fact of the report, changes no state.

    "没解决" within the pack's days reopens the case (二次办理) in the same transaction, and is
    refused (Invalid) without words as `reopen` is.
    """
    words = checked_words(words)
    if resolved not in RESOLVED:
        raise Invalid(_("请选择：解决了、部分解决、没解决"), field="resolved")
    if satisfied not in ("", *SATISFIED):
        raise Invalid(_("请选择：满意、基本满意、不满意"), field="satisfied")
    doing = _begin(
        Deed.RATE,
        report,
        by,
        key,
        {"resolved": resolved, "satisfied": satisfied, "words": words},
    )
    if doing.answered:
        return doing.answered
    # Read anew under the lock: another deed may have sealed it since the caller found it.
    doing.seals.change(
        Report.objects.get(pk=report.pk),
        resolved=resolved,
        satisfied=satisfied,
        rated_at=doing.now,
        rated_through="reporter" if by.is_anonymous else "callback",
    )
    for said in ReportWords.objects.filter(report=report) if words else ():
        doing.seals.change(said, rating_words=words)
    step = doing.finish(reason_code=resolved, announce=False)
    if resolved == "unsolved" and may_reopen(doing):
        reopen(report=report, by=by, key=derived(key, "reopen"), words=words)
    return step


def may_reopen(doing: Doing) -> bool:
    """Whether the case was closed within the days in which a reporter may say 没解决."""
    case = doing.case
    days = codes.figure("reopen_days")
    return (
        case.state == State.CLOSED
        and case.ended_at is not None
        and doing.now - case.ended_at <= timedelta(days=days)
    )


@transaction.atomic
def reopen(*, report: Report, by: Viewer, key: str, words: str) -> Step:
    """二次办理: back to the centre with a new due time and a new promise to everyone who reported
    it; `round` counts it.

    Refuses (Invalid) without words, since whoever does it again must know what is left to do;
    (Conflict) after the pack's days: then it is a new report.
    """
    words = checked_words(words, required=True, what=_("哪里还没解决"))
    doing = _begin(Deed.REOPEN, report, by, key, {"words": words})
    if doing.answered:
        return doing.answered
    if not may_reopen(doing):
        raise Conflict(
            _("已经超过可以重新办理的 %(days)d 天，请作为新的事情反映")
            % {"days": codes.figure("reopen_days")},
            code="too_late",
        )
    case = doing.case
    case.round += 1
    case.ended_at = None
    case.on_the_spot = False
    case.finished_at = case.finished_by = case.finished_unit_id = None
    case.check_passed_at = case.checked_by = None
    doing.move(State.ACCEPTED, doing.centre)
    promise = clocks.due_of("answering", unit=doing.centre, start=doing.now, urgency=case.urgency)
    doing.seals.change_all(list(case.reports.all()), promised_at=promise.moment)
    return doing.finish(words=words, for_reporter=True)


@transaction.atomic
def add_word(
    *, report: Report, by: Viewer, key: str, words: str, photos: list[int] | None = None
) -> Step:
    """补充: the reporter adds words or photos; whoever holds the case is told."""
    words = checked_words(words, required=not photos, what=_("要补充的内容"))
    doing = _begin(Deed.ADD_WORD, report, by, key, {"words": words, "photos": photos or []})
    if doing.answered:
        return doing.answered
    return doing.finish(words=words, for_reporter=True, photos={"report": photos or []})


@transaction.atomic
def urge(*, report: Report, by: Viewer, key: str) -> Step:
    """催一催: counted and shown to the holder; once in the pack's hours a report.

    Refuses (Conflict) sooner, and says when it counts again.
    """
    doing = _begin(Deed.URGE, report, by, key, {})
    if doing.answered:
        return doing.answered
    hours = codes.figure("urge_pause_hours")
    recent = Step.objects.filter(
        case=doing.case,
        deed=Deed.URGE,
        report_id=report.pk,
        recorded_at__gt=doing.now - timedelta(hours=hours),
    )
    if recent.exists():
        raise Conflict(
            _("刚才已经催过，承办单位已经看到；%(hours)d 小时后可以再催") % {"hours": hours},
            code="too_soon",
        )
    return doing.finish()


@transaction.atomic
def contact(
    *, report: Report, by: Viewer, key: str, words: str = "", version: int | None = None
) -> Step:
    """联系诉求人: note the first contact with the reporter (响应率 counts it)."""
    words = checked_words(words)
    doing = begin(
        Deed.CONTACT,
        number=report.case.number,
        by=by,
        key=key,
        version=version,
        content={"report": report.number, "words": words},
        presented=report,
    )
    if doing.answered:
        return doing.answered
    for uncalled in Report.objects.filter(pk=report.pk, first_contact_at=None):
        doing.seals.change(uncalled, first_contact_at=doing.now, first_contact_by=by.user_id)
    return doing.finish(words=words, announce=False)
