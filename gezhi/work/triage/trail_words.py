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
)
