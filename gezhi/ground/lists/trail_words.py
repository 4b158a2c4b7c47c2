"""What the trail says of views of lists."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "lists": Family(145, _("列表和常用视图")),
    },
    verbs={
        "lists.arrange": _("改了列表的样子"),
        "lists.save_view": _("存常用视图"),
        "lists.share_view": _("存常用视图给本单位用"),
        "lists.remove_view": _("删除常用视图"),
    },
    kinds={
        "list_view": _("常用视图"),
    },
    details={
        "list": _("列表"),
    },
)
