"""What the trail says of sheets brought in."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "sheets": Family(140, _("导入表格")),
    },
    verbs={
        "sheets.begin": _("导入一张表"),
        "sheets.undo": _("撤销一批导入"),
        "sheets.take_bad": _("下载要改的行"),
    },
    kinds={
        "sheet_batch": _("导入的一批"),
        "outgoing_sheet": _("导出的表"),
    },
    details={
        "batch": _("批次"),
        "serial": _("编号"),
    },
    tasks={
        "gezhi.ground.sheets.tasks.prune": _("清理没有导入的表"),
        "gezhi.ground.sheets.tasks.store": _("导入表格里的行"),
        "gezhi.ground.sheets.tasks.write_out": _("把长的列表写成表格"),
        "gezhi.ground.sheets.tasks.take_back": _("撤销导入的行"),
    },
)
