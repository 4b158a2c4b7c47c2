"""What the trail says of accounts."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "accounts": Family(10, _("账号")),
    },
    verbs={
        "accounts.log_in": _("登录"),
        "accounts.log_out": _("退出"),
        "accounts.create": _("建立账号"),
        "accounts.update": _("修改账号资料"),
        "accounts.change_password": _("修改自己的密码"),
        "accounts.reset_password": _("发临时密码"),
        "accounts.deactivate": _("停用账号"),
        "accounts.reactivate": _("启用账号"),
        "accounts.unlock": _("解锁账号"),
        "accounts.end_sessions": _("退出所有页面"),
        "accounts.remove": _("撤销导入的账号"),
        "accounts.give_passwords": _("给一批人发临时密码"),
        "accounts.factor": _("动态码变动"),
        "accounts.set_preferences": _("修改偏好"),
        "accounts.forget_failures": _("清理登录失败记录"),
    },
    kinds={
        "user": _("账号"),
        "login_failure": _("登录失败记录"),
    },
    details={
        "accounts": _("账号数"),
        "deed": _("动作"),
        "reason": _("原因"),
        "why": _("缘由"),
    },
    codes={
        "add": _("启用"),
        "remove": _("停用"),
        "renew_codes": _("换恢复码"),
        "reset": _("重置"),
        "asked": _("本人退出"),
        "idle": _("久未操作"),
        "locked": _("锁定或锁屏"),
        "code": _("动态码不对"),
        "password": _("密码不对"),
    },
)
