"""What the trail says of orders."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={"orders": Family(104, _("外来工单"))},
    verbs={
        "orders.change": _("外来工单来了新的一版"),
        "orders.settle_class": _("定下他们的类别当作我们的哪一类"),
        "orders.class_open": _("给在办的工单定下类别"),
        "orders.keep_mapping": _("存下一种表样"),
        "orders.reply": _("写一条回件"),
        "orders.export": _("导出回件表"),
        "orders.reconcile": _("对账"),
        "orders.export_differences": _("导出对账单"),
        "orders.read_folder": _("读文件夹里的表"),
    },
    kinds={
        "order": _("外来工单"),
        "class_match": _("类别对照"),
        "mapping": _("表样"),
        "reconciliation": _("对账单"),
        "folder_file": _("文件夹里的表"),
    },
    details={
        "fields": _("改了几栏"),
        "late": _("来时已办结"),
        "cases": _("事件数"),
    },
    systems={"orders": _("外来工单"), "sheets": _("表格")},
    loops={"orders-folder": _("看工单文件夹里有没有新的表")},
    tasks={
        "gezhi.work.orders.tasks.watch_folder": _("看工单文件夹里有没有新的表"),
        "gezhi.work.orders.tasks.prune": _("清掉对账单里他们表上的原话"),
    },
)
