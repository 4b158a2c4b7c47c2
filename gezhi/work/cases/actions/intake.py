"""What an acceptor does with a reported case: ask, accept, reject, merge, answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit.seals import Seals
from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import line
from gezhi.work.cases import signals
from gezhi.work.cases.actions.placing import asked_of, put_right, right_holder
from gezhi.work.cases.actions.report.checking import checked_where
from gezhi.work.cases.actions.report.said import Where
from gezhi.work.cases.doing import Doing, begin
from gezhi.work.cases.keys import derived
from gezhi.work.cases.kinds import answerable
from gezhi.work.cases.models import (
    Attachment,
    Case,
    Report,
    Reporter,
    ReportWords,
    Step,
    Verification,
)
from gezhi.work.cases.queries.visible import visible_to
from gezhi.work.cases.rules import Deed, State
from gezhi.work.deeds.asked import checked_words

ANSWERS = ("exists", "absent", "unclear")


@transaction.atomic
def ask(
    *,
    number: str,
    by: Viewer,
    key: str,
    version: int | None = None,
    words: str = "",
    where: Where | None = None,
) -> Step:
    """核实: ask the grid worker of the place whether it is so; the question has its own clock.

    A case on no grid is asked of its community's clerks; with `where` it is written down there
    first, as by `relocate`. Refuses (Invalid) a case of no known community: nobody could be asked;
    and a restricted one without words: whoever is asked sees its place and the question, nothing else.
    """
    words = checked_words(words)
    where = checked_where(where) if where else None
    doing = begin(
        Deed.ASK,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"words": words, **({"where": asked_of(where)} if where else {})},
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    moved = put_right(case, where, doing.seals) if where else {}
    if case.grid_id is None and case.community_id is None:
        raise Invalid(_("还不知道在哪个社区：请选一个社区来核实，或先改地点"), field="community")
    if case.is_restricted and not words:
        raise Invalid(
            _("这件事保密，去看的人看不到反映人的话：请写明到哪里看什么，不要写是谁说的"),
            field="words",
        )
    doing.move(State.VERIFYING, doing.holder)
    question = Verification(
        district_id=case.district_id,
        case=case,
        grid_id=case.grid_id,
        asked_at=doing.now,
        asked_by=by.user_id,
        due_at=doing.due_at,
    )
    doing.seals.insert(question)
    return doing.finish(words=words, detail=moved or None)


@transaction.atomic
def verify(
    *,
    number: str,
    by: Viewer,
    key: str,
    answer: str,
    words: str = "",
    photos: list[int] | None = None,
    version: int | None = None,
) -> Step:
    """核实回复: exists, absent or unclear; the case goes back to whoever asked."""
    words = checked_words(words)
    if answer not in ANSWERS:
        raise Invalid(_("请选择：属实、不属实、无法核实"), field="answer")
    doing = begin(
        Deed.VERIFY,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"answer": answer, "words": words, "photos": photos or []},
    )
    if doing.answered:
        return doing.answered
    for question in Verification.objects.filter(case=doing.case, answered_at=None):
        doing.seals.change(question, answered_at=doing.now, answered_by=by.user_id, answer=answer)
    doing.move(State.REPORTED, doing.holder)
    return doing.finish(words=words, reason_code=answer, photos={"check": photos or []})


@transaction.atomic
def accept(
    *,
    number: str,
    by: Viewer,
    key: str,
    class_code: str,
    kind: str = "",
    urgency: str = "",
    scale: str = "",
    public_summary: str = "",
    words: str = "",
    where: Where | None = None,
    version: int | None = None,
) -> Step:
    """受理立案: settle class, kind and urgency; the clock of dispatching begins.

    With `where` the case is written down there as by `relocate`; where it is already, nothing
    changes. Refuses (Invalid) an unknown class or code, and a place as `relocate` does.
    """
    words = checked_words(words)
    where = checked_where(where) if where else None
    doing = begin(
        Deed.ACCEPT,
        number=number,
        by=by,
        key=key,
        version=version,
        content={
            "class": class_code,
            "kind": kind,
            "urgency": urgency,
            "scale": scale,
            "summary": public_summary,
            "words": words,
            **({"where": asked_of(where)} if where else {}),
        },
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    _settle(case, class_code=class_code, kind=kind, urgency=urgency, scale=scale)
    _summarized(case, public_summary, by)
    moved = put_right(case, where, doing.seals) if where else {}
    case.accepted_at = doing.now
    doing.move(State.ACCEPTED, right_holder(doing, moved))
    step = doing.finish(words=words, detail={"class": class_code, **moved})
    signals.accepted.send(sender=Case, case=case, step=step)
    return step


@transaction.atomic
def reject(
    *,
    number: str,
    by: Viewer,
    key: str,
    reason_code: str,
    words: str,
    version: int | None = None,
) -> Step:
    """不予受理: ended, with a reason from the dictionary and words the reporter reads."""
    words = checked_words(words, required=True, what=_("给反映人的解释"))
    doing = begin(
        Deed.REJECT,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"reason": reason_code, "words": words},
    )
    if doing.answered:
        return doing.answered
    if codes.term("reject_reasons", reason_code) is None:
        raise Invalid(_("请选择不予受理的理由"), field="reason_code")
    doing.end(State.REJECTED)
    step = doing.finish(words=words, for_reporter=True, reason_code=reason_code)
    signals.closed.send(sender=Case, case=doing.case, step=step)
    return step


@transaction.atomic
def merge(
    *,
    number: str,
    into: str,
    by: Viewer,
    key: str,
    words: str = "",
    version: int | None = None,
) -> Step:
    """合并: the reports move to the other case with their photos, each keeps its receipt and clock;
    this one ends.

    Refuses (Invalid) itself as target, (Unseen) a target the viewer cannot see, (Conflict) a
    target that has ended, (Invalid) a restricted case into one that is not: its words would stand
    open there. The other way round the open one's reports are kept from then on.
    """
    words = checked_words(words)
    if into == number:
        raise Invalid(_("不能并入自己，请选择另一件事"), field="into")
    # Two merges towards each other wait in the same order and cannot lock each other out.
    list(
        visible_to(by)
        .select_for_update(of=("self",))
        .filter(number__in=[number, into])
        .order_by("id")
    )
    doing = begin(
        Deed.MERGE,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"into": into, "words": words},
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    target = visible_to(by).filter(number=into, district_id=case.district_id).first()
    if target is None:
        raise Unseen(_("没有找到要并入的事件"))
    if case.is_restricted and not target.is_restricted:
        raise Invalid(
            _("保密的事不能并入不保密的事；可以打开那一件，把它并到这件里来"), field="into"
        )
    if not target.is_open:
        raise Conflict(_("要并入的事件已经办完，不能并入"), code="state")
    moved = _voices_moved(doing, target)
    case.merged_into = target
    doing.end(State.MERGED)
    step = doing.finish(words=words, detail={"into": target.pk})
    receiving = begin(
        Deed.JOIN,
        number=into,
        by=by,
        key=derived(key, "into"),
        content={"merged": number},
    )
    receiving.seals.moved += moved.moved
    receiving.finish(detail={"merged": case.pk}, announce=False)
    return step


def _voices_moved(doing: Doing, target: Case) -> Seals:
    """Have every voice of the case heard in the target, and its photos seen there; what the target's
    rows gain by it. What hangs on a step stays with the story it is of."""
    moved = Seals()
    reports = list(Report.objects.filter(case=doing.case))
    photos = list(Attachment.objects.filter(report__in=reports))
    beside = [
        *ReportWords.objects.filter(report__in=reports),
        *Reporter.objects.filter(report__in=reports),
    ]
    doing.seals.change_all(reports, case=target)
    doing.seals.change_all(photos, case=target)
    for row in (*reports, *photos, *beside):
        doing.seals.release(row)
        moved.take(row, row.seal)
    return moved


@transaction.atomic
def answer(
    *,
    number: str,
    by: Viewer,
    key: str,
    words: str,
    class_code: str = "",
    version: int | None = None,
) -> Step:
    """直接答复: a question answered at the desk is closed with the words the reporter reads.

    Refuses (Invalid) any kind but 咨询; counted apart and outside the on-time rates.
    """
    words = checked_words(words, required=True, what=_("答复内容"))
    doing = begin(
        Deed.ANSWER,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"words": words, "class": class_code},
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    if not answerable(case.kind):
        raise Invalid(_("只有咨询可以直接答复；其他诉求请受理后派单"), field="kind")
    if class_code:
        _settle(case, class_code=class_code)
    doing.seals.change_all(
        list(Report.objects.filter(case=case, first_contact_at=None)),
        first_contact_at=doing.now,
        first_contact_by=by.user_id,
    )
    doing.end(State.CLOSED)
    step = doing.finish(words=words, for_reporter=True)
    signals.closed.send(sender=Case, case=case, step=step)
    return step


@transaction.atomic
def summarize(
    *, number: str, by: Viewer, key: str, public_summary: str, version: int | None = None
) -> Step:
    """公开摘要: the words neighbors may read of it, written or approved by a clerk."""
    doing = begin(
        Deed.SUMMARIZE,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"summary": public_summary},
    )
    if doing.answered:
        return doing.answered
    _summarized(doing.case, public_summary, by)
    return doing.finish(announce=False)


def _summarized(case: Case, public_summary: str, by: Viewer) -> None:
    public_summary = line(public_summary, field="public_summary")
    if len(public_summary) > 60:
        raise Invalid(_("公开摘要最多 60 个字"), field="public_summary")
    if public_summary and public_summary != case.public_summary:
        case.public_summary = public_summary
        case.summary_approved_by = by.user_id


def _settle(
    case: Case, *, class_code: str, kind: str = "", urgency: str = "", scale: str = ""
) -> None:
    if codes.term("matters", class_code) is None:
        raise Invalid(_("请选择事项类别"), field="class_code")
    for dictionary, code, name in (
        ("request_kinds", kind, "kind"),
        ("urgency", urgency, "urgency"),
        ("scale", scale, "scale"),
    ):
        if code and codes.term(dictionary, code) is None:
            raise Invalid(_("没有这个选项，请重新选择"), field=name)
    pack = codes.pack_in_force("matters")
    case.class_code = class_code
    case.pack_id = pack.id if pack else None
    case.kind = kind or case.kind
    case.urgency = urgency or case.urgency
    case.scale = scale or case.scale
