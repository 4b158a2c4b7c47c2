"""What is signed for more time: 延期申请, 挂账审批; blank where nothing was asked yet."""

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases import delay_words
from gezhi.faces.desk.cases.clock_words import whole_limit
from gezhi.faces.desk.cases.papers.kinds import Asked
from gezhi.faces.desk.cases.papers.parts import at, lead, place, sheet, signed, subject
from gezhi.faces.paper.description import Cell, Form, Paper
from gezhi.faces.shell import terms
from gezhi.work.cases.queries import CasePage, desk
from gezhi.work.cases.queries.delays import delays_in
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed, Stage

_ANSWER_TO = {Deed.ASK_TO_HANG: Deed.HANG, Deed.ASK_TO_EXTEND: Deed.EXTEND}


def was_handled(page: CasePage) -> bool:
    """Whether a unit has, or had, a time to do it in."""
    return any(one.part == "lead" for one in page.assignments)


def extension(asked: Asked) -> Paper:
    """延期申请表."""
    return _delay(asked, Deed.ASK_TO_EXTEND, _("延期申请表"))


def hang(asked: Asked) -> Paper:
    """挂账审批表."""
    return _delay(asked, Deed.ASK_TO_HANG, _("挂账审批表"))


def _delay(asked: Asked, deed: Deed, title: str) -> Paper:
    page = asked.page
    step = page.last_step(deed)
    limit, began = _clock(page)
    doer = f"{step.unit_name} {step.doer}" if step else ""
    rows = [
        [Cell(_("事由"), subject(page))],
        [Cell(_("类别"), page.row.class_name or "—"), Cell(_("承办"), lead(page))],
        [Cell(_("地点"), place(page))],
        [Cell(_("时限"), limit or "—"), Cell(_("起算"), began or "—")],
        [Cell(_("申请"), _wanted(deed, step))],
        [Cell(_("理由"), terms.label("delay_reasons", step.reason_code) if step else "")],
        [Cell(_("说明"), step.words if step else "", room=0 if step else 3)],
        [Cell(_("申请人"), doer), Cell(_("申请时间"), at(step.happened_at) if step else "")],
        [Cell(_("承办单位意见"), "", room=2, sign=signed(_("负责人")))],
        [Cell(_("街道中心意见"), _answered(page, deed, step), room=2, sign=signed(_("批准人")))],
    ]
    return sheet(asked, title, [Form(rows)])


def _clock(page: CasePage) -> tuple[str, str]:
    handled = [line for line in desk.stages(page.case) if line.stage == Stage.HANDLING]
    if not handled:
        return "", ""
    return whole_limit(handled[-1], delays_in(page)), at(handled[-1].began_at)


def _wanted(deed: Deed, step: StepLine | None) -> str:
    if step is None:
        return (
            _("挂账，＿＿＿＿ 年 ＿＿ 月 ＿＿ 日复核")
            if deed == Deed.ASK_TO_HANG
            else _("延期，延 ＿＿＿＿＿＿")
        )
    if deed == Deed.ASK_TO_HANG:
        return _("挂账，%(day)s复核") % {
            "day": delay_words.day_words(step.detail.get("review", ""))
        }
    amount = delay_words.amount_words(step.detail["amount"], step.detail["unit"])
    return _("延期 %(amount)s") % {"amount": amount}


def _answered(page: CasePage, deed: Deed, step: StepLine | None) -> str:
    if step is None:
        return ""
    answer = next(
        (one for one in page.steps if one.deed == _ANSWER_TO[deed] and one.serial > step.serial),
        None,
    )
    if answer is None:
        return ""
    who = f"{answer.unit_name} {answer.doer} {at(answer.happened_at)}"
    return "\n".join(part for part in (delay_words.decided(answer), answer.words, who) if part)
