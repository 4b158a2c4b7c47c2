"""What the trail says of the trail itself."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "audit": Family(0, _("留痕本身")),
        "read": Family(30, _("查看敏感信息")),
    },
    verbs={
        "audit.cover": _("给以前的数据补上封签"),
        "audit.anchor": _("导出封存摘要"),
        "audit.give_up_key": _("放弃找不回的密钥"),
    },
    kinds={
        "audit": _("留痕"),
        "keys": _("密钥"),
    },
    tasks={
        "gezhi.ground.audit.tasks.anchor": _("写当天的封存摘要"),
        "gezhi.ground.audit.tasks.seal": _("封存留痕"),
    },
)
