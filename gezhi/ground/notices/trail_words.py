"""What the trail says of notices."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "notices": Family(120, _("通知")),
    },
    verbs={
        "read.phone": _("取号码发消息"),
        "notices.read": _("通知标为已读"),
        "notices.try_again": _("没发出去的再发一次"),
    },
    kinds={
        "delivery": _("发送"),
    },
    systems={
        "notices": _("发通知"),
    },
    details={
        "count": _("条数"),
    },
    tasks={
        "gezhi.ground.notices.tasks.deliver": _("发一条通知"),
    },
)
