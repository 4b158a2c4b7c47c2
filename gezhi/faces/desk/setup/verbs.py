"""Deeds of the trail in words; a deed without words is shown by its code."""

from django.utils.translation import gettext_lazy

from gezhi.faces.desk.setup.choices import Choice

MODULES = {
    "audit.": gettext_lazy("留痕本身"),
    "accounts.": gettext_lazy("账号"),
    "cases.": gettext_lazy("事件"),
    "read.": gettext_lazy("查看敏感信息"),
    "units.": gettext_lazy("单位"),
    "posts.": gettext_lazy("岗位与任职"),
    "duties.": gettext_lazy("权责"),
    "handover.": gettext_lazy("交接"),
    "places.": gettext_lazy("区域与地点"),
    "codes.": gettext_lazy("标准包"),
    "files.": gettext_lazy("附件"),
    "triage.": gettext_lazy("智能分拨"),
    "notices.": gettext_lazy("通知"),
    "jobs.": gettext_lazy("后台任务"),
}

VERBS = {
    "audit.cover": gettext_lazy("给以前的数据补上封签"),
    "audit.anchor": gettext_lazy("导出封存摘要"),
    "audit.give_up_key": gettext_lazy("放弃找不回的密钥"),
    "accounts.log_in": gettext_lazy("登录"),
    "accounts.log_out": gettext_lazy("退出"),
    "accounts.create": gettext_lazy("建立账号"),
    "accounts.update": gettext_lazy("修改账号资料"),
    "accounts.change_password": gettext_lazy("修改自己的密码"),
    "accounts.reset_password": gettext_lazy("发临时密码"),
    "accounts.deactivate": gettext_lazy("停用账号"),
    "accounts.reactivate": gettext_lazy("启用账号"),
    "accounts.unlock": gettext_lazy("解锁账号"),
    "accounts.end_sessions": gettext_lazy("退出所有页面"),
    "accounts.factor": gettext_lazy("动态码变动"),
    "accounts.set_preferences": gettext_lazy("修改偏好"),
    "accounts.forget_failures": gettext_lazy("清理登录失败记录"),
    "units.open": gettext_lazy("建立单位"),
    "units.update": gettext_lazy("修改单位"),
    "units.close": gettext_lazy("关闭单位"),
    "handover.close_unit": gettext_lazy("单位撤并"),
    "handover.end_appointment": gettext_lazy("办理离岗"),
    "posts.create": gettext_lazy("建立岗位"),
    "posts.update": gettext_lazy("修改岗位"),
    "posts.abolish": gettext_lazy("撤销岗位"),
    "posts.appoint": gettext_lazy("任命"),
    "posts.end_appointment": gettext_lazy("任职结束"),
    "posts.take_on": gettext_lazy("批量导入人员"),
    "duties.add": gettext_lazy("加入权责"),
    "duties.add_list": gettext_lazy("批量导入权责"),
    "duties.end": gettext_lazy("结束权责"),
    "duties.hand_over": gettext_lazy("移交权责"),
    "places.register_district": gettext_lazy("登记区县"),
    "places.register_street": gettext_lazy("登记街道"),
    "places.register_community": gettext_lazy("登记社区"),
    "places.set_borders": gettext_lazy("画边界"),
    "places.open_grids": gettext_lazy("建立网格"),
    "places.fill_grid": gettext_lazy("登记网格里的小区楼栋"),
    "places.add_places": gettext_lazy("登记地点"),
    "places.relocate_places": gettext_lazy("重新归入网格"),
    "codes.import_pack": gettext_lazy("导入标准包"),
    "codes.amend": gettext_lazy("改时限或日历"),
    "codes.return_to": gettext_lazy("换回以前的一版"),
    "codes.enact": gettext_lazy("到日子起用一版"),
    "codes.withdraw": gettext_lazy("撤回还没起用的一版"),
    "cases.report": gettext_lazy("上报"),
    "cases.join": gettext_lazy("我也遇到"),
    "cases.ask": gettext_lazy("请网格员核实"),
    "cases.verify": gettext_lazy("核实"),
    "cases.accept": gettext_lazy("受理"),
    "cases.reject": gettext_lazy("不予受理"),
    "cases.merge": gettext_lazy("合并"),
    "cases.answer": gettext_lazy("直接答复"),
    "cases.dispatch": gettext_lazy("派单"),
    "cases.take": gettext_lazy("接单"),
    "cases.return": gettext_lazy("退单"),
    "cases.finish": gettext_lazy("办结"),
    "cases.handle_on_the_spot": gettext_lazy("即采即办"),
    "cases.pass": gettext_lazy("自行处置审核通过"),
    "cases.export": gettext_lazy("导出事件清单"),
    "units.export": gettext_lazy("导出单位"),
    "places.export": gettext_lazy("导出区域和网格"),
    "posts.export": gettext_lazy("导出岗位"),
    "duties.export": gettext_lazy("导出权责清单"),
    "accounts.export": gettext_lazy("导出人员或账号"),
    "audit.export": gettext_lazy("导出留痕"),
    "triage.export": gettext_lazy("导出热点或建议成效"),
    "jobs.export": gettext_lazy("导出没做成的任务"),
    "cases.check": gettext_lazy("核查"),
    "cases.close": gettext_lazy("结案"),
    "cases.rate": gettext_lazy("评价"),
    "cases.reopen": gettext_lazy("二次办理"),
    "cases.archive": gettext_lazy("归档"),
    "cases.lift": gettext_lazy("上提"),
    "cases.hand_over": gettext_lazy("移交事件"),
    "cases.add_word": gettext_lazy("补充"),
    "cases.urge": gettext_lazy("催一催"),
    "cases.contact": gettext_lazy("联系反映人"),
    "cases.summarize": gettext_lazy("写公开摘要"),
    "cases.relocate": gettext_lazy("改地点"),
    "cases.recompute": gettext_lazy("重算时限"),
    "cases.restrict": gettext_lazy("定为保密"),
    "cases.erase": gettext_lazy("删除反映人信息"),
    "triage.train": gettext_lazy("训练分拨模型"),
    "triage.ask_training": gettext_lazy("要求重新训练"),
    "triage.set_tolerance": gettext_lazy("设定容错率"),
    "triage.learn_alias": gettext_lazy("记下地点别名"),
    "read.case": gettext_lazy("因工作需要查看保密事项"),
    "read.contact": gettext_lazy("查看联系方式"),
    "read.caller": gettext_lazy("按来电号码查以前的事"),
    "read.place_cases": gettext_lazy("查看这个地点以前的事"),
    "read.phone": gettext_lazy("取号码发消息"),
    "notices.read": gettext_lazy("通知标为已读"),
    "files.store": gettext_lazy("存照片"),
    "files.remove": gettext_lazy("删照片"),
    "jobs.retry": gettext_lazy("重试任务"),
    "jobs.abandon": gettext_lazy("放弃任务"),
}


def verb_words(verb: str) -> str:
    """The deed in words, or its code."""
    known = VERBS.get(verb)
    if known is not None:
        return str(known)
    module = verb.partition(".")[0]
    family = MODULES.get(f"{module}.")
    return f"{family}：{verb.partition('.')[2]}" if family is not None else verb


def module_choices() -> list[Choice]:
    """Families of deeds for the filter, and the two that are looked for most."""
    first = [("", gettext_lazy("全部")), ("accounts.log_in", VERBS["accounts.log_in"])]
    return [(code, str(words)) for code, words in [*first, *MODULES.items()]]
