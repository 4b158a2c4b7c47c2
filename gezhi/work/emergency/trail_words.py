"""What the trail says of emergencies."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "emergency": Family(103, _("应急")),
    },
    verbs={
        "emergency.switch_on": _("打开应急"),
        "emergency.switch_off": _("关闭应急"),
        "emergency.call_roll": _("应急点名"),
        "emergency.answer": _("答应急点名"),
        "emergency.enlist": _("把事件纳入应急"),
        "emergency.name_major": _("列为应急的重大事件"),
        "emergency.drop_major": _("不再列为重大事件"),
        "emergency.notify": _("发应急通知"),
    },
    kinds={
        "emergency": _("应急"),
    },
    details={
        "plan": _("预案"),
        "drill": _("演练"),
        "round": _("第几轮"),
        "grid": _("网格"),
        "said": _("报的"),
        "how": _("怎么来的"),
        "named": _("点名的人"),
        "told": _("发给谁"),
        "left_open": _("没办完的"),
    },
    systems={"emergency": _("应急")},
    loops={
        "emergency": _("照类别把事件纳入应急"),
        "emergency-crew": _("应急里接着叫人"),
    },
    tasks={
        "gezhi.work.emergency.tasks.note_end": _("记下应急的事了结了"),
        "gezhi.work.emergency.tasks.watch": _("应急：照类别纳入、接着叫人"),
    },
)
