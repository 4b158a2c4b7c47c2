"""What a deed decided, in words behind its name: to whom it was sent, why it was returned, what was found."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.beside_words import said_beside
from gezhi.faces.shell import terms
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed

Names = Mapping[int, str]


def decided(step: StepLine, names: Names) -> str:
    """What the step decided; "" for a deed that decides nothing. `names` are those of its units."""
    said = DECIDED.get(Deed(step.deed))
    return said(step, names) if said else said_beside(step, names)


def _reason(dictionary: str) -> Callable[[StepLine, Names], str]:
    return lambda step, _names: terms.label(dictionary, step.reason_code)


def _returned(step: StepLine, names: Names) -> str:
    reason = terms.label("return_reasons", step.reason_code)
    right = names.get(step.detail.get("right_unit") or 0, "")
    return f"{reason}，{_('应由 %(unit)s 办理') % {'unit': right}}" if right else reason


def _ruled(step: StepLine, names: Names) -> str:
    how = _("值班长裁定") if step.reason_code == "chief" else _("会商决定")
    return f"{how}，{_sent(step, names)}"


def _sent(step: StepLine, names: Names) -> str:
    detail = step.detail

    def name(value: object) -> str:
        return names.get(value, "") if isinstance(value, int) else ""

    assist = detail.get("assist")
    helpers = [name(one) for one in assist] if isinstance(assist, list) else []
    lead = name(detail.get("lead"))
    if not any(helpers):
        return lead
    return _("%(lead)s（主办），%(assist)s（协办）") % {
        "lead": lead,
        "assist": "、".join(filter(None, helpers)),
    }


def _sent_by(step: StepLine, names: Names) -> str:
    basis = step.detail.get("basis")
    said = _sent(step, names)
    return _("%(sent)s，依据：%(basis)s") % {"sent": said, "basis": basis} if basis else said


def _decided(step: StepLine, names: Names) -> str:
    if not step.detail.get("granted"):
        return _("不成立")
    match step.detail.get("scores"):
        case [int(before), int(after)]:
            return _("成立，%(before)d 分改为 %(after)d 分") % {"before": before, "after": after}
    return _("成立，不计入考核")


def _moved(step: StepLine, names: Names) -> str:
    detail = step.detail
    before, after = (
        names.get(value, "") if isinstance(value, int) else ""
        for value in (detail.get("from"), detail.get("to"))
    )
    return f"{before} → {after}" if before and after else ""


def _called(step: StepLine, _names: Names) -> str:
    said = str(deed_words.OUTCOMES.get(step.reason_code, ""))
    resolved = str(deed_words.RESOLVED.get(str(step.detail.get("resolved", "")), ""))
    return f"{said}，{resolved}" if resolved else said


DECIDED: dict[Deed, Callable[[StepLine, Names], str]] = {
    Deed.REPORT: lambda step, _names: terms.label("channels", step.detail.get("channel", "")),
    Deed.JOIN: lambda step, _names: terms.label("channels", step.detail.get("channel", "")),
    Deed.VERIFY: lambda step, _names: str(deed_words.ANSWERS.get(step.reason_code, "")),
    Deed.ACCEPT: lambda step, _names: terms.label("matters", step.detail.get("class", "")),
    Deed.REJECT: _reason("reject_reasons"),
    Deed.DISPATCH: _sent_by,
    Deed.RETURN: _returned,
    Deed.RULE: _ruled,
    Deed.CHECK: lambda step, _names: (
        _("通过") if step.reason_code == "passed" else _("没有办好，退回返工")
    ),
    Deed.RATE: lambda step, _names: str(deed_words.RESOLVED.get(step.reason_code, "")),
    Deed.CALL_BACK: _called,
    Deed.LIFT: _moved,
    Deed.HAND_OVER: _moved,
    Deed.FORCE_CLOSE: _reason("force_reasons"),
    Deed.APPEAL: lambda step, _names: str(deed_words.APPEALED.get(step.reason_code, "")),
    Deed.DECIDE: _decided,
    Deed.EXCLUDE: _reason("exclusion_reasons"),
}
