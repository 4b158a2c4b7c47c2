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
        "read.work_phone": _("查看同事的电话"),
        "posts.begin_rota": _("建立值班表"),
        "posts.end_rota": _("结束值班表"),
        "posts.set_shift": _("改一班"),
        "posts.take_back_change": _("撤掉一次值班改动"),
        "posts.ask_swap": _("问换班"),
        "posts.agree_swap": _("同意换班"),
        "posts.refuse_swap": _("没同意换班"),
        "posts.withdraw_swap": _("收回换班"),
        "posts.page": _("呼叫值班"),
        "posts.answer_page": _("应答值班呼叫"),
        "posts.page_silent": _("值班呼叫没有应答"),
        "posts.decline_page": _("说值班来不了"),
    },
    kinds={
        "post": _("岗位"),
        "appointment": _("任职"),
        "rota": _("值班表"),
        "rota_change": _("值班改动"),
        "swap": _("换班"),
        "page": _("呼叫值班"),
    },
    details={
        "role": _("角色"),
        "rota": _("值班表"),
        "lines": _("几班"),
        "level": _("叫到哪一级"),
        "rank": _("第几个叫"),
        "about": _("关于"),
    },
    codes={
        "unit": _("本单位值班"),
        "chief": _("街道值班长"),
        "leader": _("领导"),
    },
    tasks={
        "gezhi.records.posts.tasks.write_ahead": _("排好以后几周的值班"),
        "gezhi.records.posts.tasks.warn_of_gaps": _("提醒值班表上的空档"),
    },
    loops={
        "rota": _("排好以后几周的值班"),
    },
)
