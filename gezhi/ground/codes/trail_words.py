"""What the trail says of packs."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "codes": Family(90, _("标准包")),
    },
    verbs={
        "codes.import_pack": _("导入标准包"),
        "codes.complete": _("升级时补上标准包的新行"),
        "codes.amend": _("改时限或日历"),
        "codes.return_to": _("换回以前的一版"),
        "codes.enact": _("到日子起用一版"),
        "codes.withdraw": _("撤回还没起用的一版"),
    },
    kinds={
        "pack": _("标准包"),
    },
    details={
        "name": _("名称"),
        "version": _("版本"),
        "version_before": _("原来的版本"),
        "from": _("起用"),
        "outcome": _("结果"),
        "rows": _("行数"),
    },
    codes={
        "imported": _("已导入"),
    },
    tasks={
        "gezhi.ground.codes.tasks.enact_due": _("启用到日子的时限和日历"),
    },
)
