"""What is said of a hang and of an extension: in the story, above the form that decides, on paper."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.limit_words import limit_words
from gezhi.faces.shell import moments, terms
from gezhi.kernel.workdays import Limit, LimitUnit
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed

DELAYING = frozenset({Deed.ASK_TO_HANG, Deed.HANG, Deed.REVIEW, Deed.ASK_TO_EXTEND, Deed.EXTEND})


def amount_words(amount: float, unit: str) -> str:
    """How much an extension adds: "2 个工作日"."""
    return limit_words(Limit(amount, LimitUnit(unit)))


def day_words(day: str) -> str:
    """A review date as it is spoken, from the form a step keeps it in."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return ""
    return _("%(month)s 月 %(day)s 日") % {"month": found.month, "day": found.day}


def _until(due: datetime | None) -> str:
    """The end of a limit with its day: the story is printed, and read on another day."""
    if due is None:
        return ""
    day, at = moments.paper_until(due)
    return f"{day_words(day)} {at}"


def decided(step: StepLine) -> str:
    """What a step of a hang or an extension asked or decided."""
    reason = terms.label("delay_reasons", step.reason_code)
    day = day_words(str(step.detail.get("review", "")))
    if step.deed == Deed.ASK_TO_HANG:
        return _("%(reason)s，%(day)s复核") % {"reason": reason, "day": day}
    if step.deed == Deed.REVIEW:
        return _("接着挂账，%(day)s再复核") % {"day": day}
    if step.deed == Deed.HANG:
        if not step.detail.get("granted"):
            return _("不同意")
        until = _until(step.due_after)
        return _("同意，挂到 %(moment)s") % {"moment": until}
    amount = amount_words(step.detail["amount"], step.detail["unit"]) if step.detail else ""
    if step.deed == Deed.ASK_TO_EXTEND:
        return _("%(reason)s，延 %(amount)s") % {"reason": reason, "amount": amount}
    if not step.detail.get("granted"):
        return _("不同意")
    until = _until(step.due_after)
    return _("同意，延 %(amount)s，到 %(moment)s") % {"amount": amount, "moment": until}
