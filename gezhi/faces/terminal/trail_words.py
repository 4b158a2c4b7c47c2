"""What the trail says of tasks of the terminal."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Wording

WORDING = Wording(
    systems={
        "demo": _("演示数据"),
        "hotline": _("热线来件"),
        "prepare": _("安装升级"),
        "setup": _("首次设置"),
        "terminal": _("命令行"),
    },
)
