"""What the trail says of triage."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "triage": Family(110, _("智能分拨")),
    },
    verbs={
        "triage.train": _("训练分拨模型"),
        "triage.ask_training": _("要求重新训练"),
        "triage.set_tolerance": _("设定容错率"),
        "triage.learn_alias": _("记下地点别名"),
    },
    kinds={
        "alias": _("地点别名"),
        "tolerance": _("容错率"),
        "trained_model": _("分拨模型"),
    },
    systems={
        "triage": _("智能分拨"),
    },
    tasks={
        "gezhi.work.triage.tasks.advise": _("给新来的事算建议"),
        "gezhi.work.triage.tasks.find_topics": _("找热点"),
        "gezhi.work.triage.tasks.forget": _("放下保密事项里学到的"),
        "gezhi.work.triage.tasks.reckon": _("算建议准不准"),
        "gezhi.work.triage.tasks.settle": _("对照建议和人的选择"),
        "gezhi.work.triage.tasks.tidy": _("补做查重用的特征，清空删除过的"),
        "gezhi.work.triage.tasks.train": _("从本单位的事里学习"),
    },
    loops={
        "empty-erased": _("清空删除过的原话"),
        "forget-confidential": _("放下保密事项里学到的"),
        "take-up-missed": _("补做查重用的特征"),
        "reckon": _("算建议准不准"),
        "settle-merged": _("对照合并过的事"),
        "find-topics": _("找热点"),
    },
)
