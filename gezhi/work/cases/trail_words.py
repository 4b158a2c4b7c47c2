"""What the trail says of cases: each deed by its own word, unless the trail needs another."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording
from gezhi.work.cases.declared import DECLARED

# Said of the deed where nothing else on the page says what it was done to, or by whom.
_OTHERWISE = {
    "cases.report": _("上报"),
    "cases.join": _("我也遇到"),
    "cases.verify": _("核实"),
    "cases.accept": _("受理"),
    "cases.handle_on_the_spot": _("即采即办"),
    "cases.pass": _("自行处置审核通过"),
    "cases.hand_over": _("移交事件"),
    "cases.add_word": _("补充"),
    "cases.urge": _("催一催"),
    "cases.summarize": _("写公开摘要"),
}


def wording() -> Wording:
    """The words, once every deed is declared."""
    return Wording(
        families={"cases": Family(20, _("事件")), "precedents": Family(21, _("派单先例"))},
        verbs={
            **{f"cases.{deed.value}": one.word for deed, one in DECLARED.items()},
            **_OTHERWISE,
            "cases.erase": _("删除反映人信息"),
            "precedents.keep": _("留作派单先例"),
            "precedents.end": _("结束派单先例"),
            "precedents.hand_over": _("派单先例交给接手的单位"),
            "read.contact": _("查看联系方式"),
            "read.case": _("因工作需要查看保密事项"),
            "read.caller": _("按来电号码查以前的事"),
        },
        kinds={
            "case": _("事件"),
            "report": _("诉求"),
            "precedent": _("派单先例"),
        },
        systems={
            "calendar": _("节假日重算"),
            "returns": _("退单规则"),
            "watchdog": _("无人在岗巡检"),
            "urging": _("到期催办"),
            "escalation": _("超时升级"),
        },
        details={
            "calendar": _("日历版本"),
            "class": _("类别"),
            "merged": _("合并"),
            "moved": _("移动"),
            "photos": _("照片数"),
            "words": _("文字条数"),
        },
        tasks={
            "gezhi.work.cases.tasks.announce": _("把办理的一步告诉有关的人"),
            "gezhi.work.cases.tasks.tell_of_admission": _(
                "把社区事项准入的答复告诉社区和提出的单位"
            ),
            "gezhi.work.cases.tasks.archive_old": _("把办结的事归档"),
            "gezhi.work.cases.tasks.recompute_provisional": _("照新日历重算时限"),
            "gezhi.work.cases.tasks.tell_groups": _("把待办告诉单位的群"),
            "gezhi.work.cases.tasks.tell_of_urgent": _("急事马上告诉单位的群"),
            "gezhi.work.cases.tasks.heed": _("急事看要不要呼叫值班"),
            "gezhi.work.cases.tasks.call_on": _("没人应答就叫下一个值班的"),
            "gezhi.work.cases.tasks.remind_of_reviews": _("提醒今天该复核的挂账"),
            "gezhi.work.cases.tasks.watch": _("把没人的单位的事往上提，提醒超期的"),
        },
        loops={
            "lift": _("把没人的单位的事往上提"),
            "page": _("没人应答就叫下一个值班的"),
            "escalate": _("超时的按规则升级"),
            "urge": _("快到期和到期时催办"),
            "supervision-late": _("提醒超期没答复的督办"),
            "archive": _("把办结的事归档"),
            "recompute": _("照新日历重算时限"),
            "remind": _("提醒今天该复核的挂账"),
        },
    )
