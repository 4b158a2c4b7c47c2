"""What staff call deeds, stages and limits; the words of a desk, in one place."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.workdays import Limit, LimitUnit
from gezhi.work.cases.declared import DECLARED
from gezhi.work.cases.rules import Deed, Stage

STAGES = {
    Stage.ACCEPTING: gettext_lazy("受理"),
    Stage.VERIFYING: gettext_lazy("核实"),
    Stage.DISPATCHING: gettext_lazy("派单"),
    Stage.TAKING: gettext_lazy("接单"),
    Stage.HANDLING: gettext_lazy("办理"),
    Stage.CHECKING: gettext_lazy("核查"),
    Stage.CLOSING: gettext_lazy("结案"),
}
UNITS = {
    LimitUnit.URGENT_HOURS: gettext_lazy("%(number)s 小时（昼夜连续计时）"),
    LimitUnit.WORKING_HOURS: gettext_lazy("%(number)s 个工作时"),
    LimitUnit.WORKING_DAYS: gettext_lazy("%(number)s 个工作日"),
    LimitUnit.CALENDAR_DAYS: gettext_lazy("%(number)s 天"),
}
MINUTES = {
    LimitUnit.URGENT_HOURS: gettext_lazy("%(number)s 分钟（昼夜连续计时）"),
    LimitUnit.WORKING_HOURS: gettext_lazy("%(number)s 分钟（工作时）"),
}
ANSWERS = {
    "exists": gettext_lazy("属实"),
    "absent": gettext_lazy("不属实"),
    "unclear": gettext_lazy("无法核实"),
}
RESOLVED = {
    "solved": gettext_lazy("解决了"),
    "partly": gettext_lazy("部分解决"),
    "unsolved": gettext_lazy("没解决"),
}
SATISFIED = {
    "satisfied": gettext_lazy("满意"),
    "acceptable": gettext_lazy("基本满意"),
    "dissatisfied": gettext_lazy("不满意"),
}
PURPOSES = {
    "callback": gettext_lazy("回访这件事"),
    "visit": gettext_lazy("上门前联系"),
    "clarify": gettext_lazy("问清地点或情况"),
    "check": gettext_lazy("电话核查"),
    "other": gettext_lazy("其他（请写明）"),
}


def limit_words(limit: Limit) -> str:
    """A limit as it is spoken: "4 个工作时", "30 分钟（工作时）"."""
    minutes = minutes_below_an_hour(limit.value)
    if minutes and limit.unit in MINUTES:
        return str(MINUTES[limit.unit]) % {"number": minutes}
    return str(UNITS[limit.unit]) % {"number": f"{limit.value:g}"}


def minutes_below_an_hour(hours: float) -> str:
    """ "15" for a quarter of an hour; "" from one hour on, which is told in hours."""
    return f"{hours * 60:g}" if hours < 1 else ""


def limit_of(text: str) -> Limit | None:
    """The limit a stage row wrote as "4 working_hours"; None for words it never wrote."""
    value, _space, unit = text.partition(" ")
    try:
        return Limit(float(value), LimitUnit(unit))
    except ValueError:
        return None


def deed_word(deed: str) -> str:
    """What staff call a deed."""
    return str(DECLARED[Deed(deed)].word) if deed in DECLARED else _("处理")
