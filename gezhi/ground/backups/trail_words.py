"""What the trail says of backups."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={"backups": Family(150, _("备份和恢复"))},
    verbs={
        "backups.ask": _("要一份备份"),
        "backups.make": _("做了一份备份"),
        "backups.restore": _("从备份恢复"),
        "backups.drill": _("恢复演练"),
        "backups.roll_back": _("退回换版之前的数据"),
        "backups.copy_keys": _("抄了一份密钥"),
        "backups.let_go": _("删掉旧的备份"),
    },
    kinds={"backup": _("备份"), "restore_drill": _("恢复演练")},
    systems={"backups": _("定时备份")},
    details={
        "sets": _("几份"),
        "files": _("文件"),
        "lacking": _("缺的照片"),
    },
    tasks={
        "gezhi.ground.backups.tasks.watch": _("到点做备份"),
        "gezhi.ground.backups.tasks.make": _("做一份备份"),
    },
)
