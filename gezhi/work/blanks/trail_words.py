"""What the trail says of blanks."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={"blanks": Family(76, _("空白表"))},
    verbs={
        "blanks.print": _("印一沓空白表"),
        "blanks.photograph": _("存手填表的照片"),
        "blanks.type_in": _("录入一张手填表"),
        "read.original": _("查看手填表的照片"),
    },
    kinds={"blank": _("空白表"), "blank_set": _("一沓空白表")},
    details={
        "number": _("表号"),
        "first_serial": _("第一张表号"),
        "size": _("几张"),
        "area": _("哪里用"),
        "file": _("照片"),
        "report": _("诉求"),
    },
    systems={"blanks": _("空白表")},
    tasks={"gezhi.work.blanks.tasks.drop_original": _("删掉手填表的照片")},
)
