"""What the trail says of handing over."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "handover": Family(70, _("交接")),
    },
    verbs={
        "handover.close_unit": _("单位撤并"),
        "handover.end_appointment": _("办理离岗"),
    },
    systems={
        "handover": _("工作交接"),
    },
    details={
        "appointments": _("任职数"),
        "areas": _("区域数"),
        "cases": _("事件数"),
        "duties": _("权责数"),
        "people": _("人数"),
        "waiting_cases": _("待办事件数"),
    },
)
