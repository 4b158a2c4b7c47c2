"""What the trail says of posts and appointments."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "posts": Family(50, _("岗位与任职")),
    },
    verbs={
        "posts.create": _("建立岗位"),
        "posts.update": _("修改岗位"),
        "posts.abolish": _("撤销岗位"),
        "posts.appoint": _("任命"),
        "posts.end_appointment": _("任职结束"),
        "posts.take_on": _("批量导入人员"),
        "posts.take_back": _("撤销导入的任职"),
    },
    kinds={
        "post": _("岗位"),
        "appointment": _("任职"),
    },
    details={
        "role": _("角色"),
    },
)
