"""What the trail says of the duty list."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "duties": Family(60, _("权责")),
    },
    verbs={
        "duties.add": _("加入权责"),
        "duties.add_list": _("批量导入权责"),
        "duties.take_back": _("撤销导入的权责"),
        "duties.end": _("结束权责"),
        "duties.hand_over": _("移交权责"),
    },
    kinds={
        "duty": _("权责"),
    },
    details={
        "class": _("类别"),
        "duties": _("权责数"),
    },
)
