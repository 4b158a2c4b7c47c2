"""What staff call deeds and stages, and the choices a deed is told with."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.work.cases.declared import DECLARED
from gezhi.work.cases.rules import Deed, Stage

STAGES = {
    Stage.ACCEPTING: gettext_lazy("受理"),
    Stage.VERIFYING: gettext_lazy("核实"),
    Stage.DISPATCHING: gettext_lazy("派单"),
    Stage.RULING: gettext_lazy("裁决"),
    Stage.TAKING: gettext_lazy("接单"),
    Stage.HANDLING: gettext_lazy("办理"),
    Stage.CHECKING: gettext_lazy("核查"),
    Stage.CLOSING: gettext_lazy("结案"),
}
ANSWERS = {
    "exists": gettext_lazy("属实"),
    "absent": gettext_lazy("不属实"),
    "unclear": gettext_lazy("无法核实"),
}
# What an appeal is about, by the word of its row.
APPEALED = {
    "misrouted": gettext_lazy("派错"),
    "late": gettext_lazy("超时"),
    "score": gettext_lazy("扣分"),
}
OUTCOMES = {
    "reached": gettext_lazy("打通了"),
    "not_reached": gettext_lazy("没打通"),
    "refused": gettext_lazy("不愿说"),
    "later": gettext_lazy("约了时间再打"),
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


def deed_word(deed: str) -> str:
    """What staff call a deed."""
    return str(DECLARED[Deed(deed)].word) if deed in DECLARED else _("处理")
