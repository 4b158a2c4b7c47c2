"""What the trail says of photos."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "files": Family(100, _("附件")),
    },
    verbs={
        "files.store": _("存照片"),
        "files.remove": _("删照片"),
    },
    kinds={
        "file": _("附件"),
    },
    tasks={
        "gezhi.ground.files.tasks.clean": _("清理不用的照片"),
    },
    loops={
        "clean-files": _("清理不用的照片"),
    },
)
