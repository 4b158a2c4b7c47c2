"""What the trail says of tasks."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "jobs": Family(130, _("后台任务")),
    },
    verbs={
        "jobs.retry": _("重试任务"),
        "jobs.abandon": _("放弃任务"),
    },
    kinds={
        "task": _("后台任务"),
    },
    systems={
        "beat": _("定时任务"),
    },
    tasks={
        "gezhi.ground.jobs.tasks.prune": _("清理做完一周以上的任务"),
    },
    loops={
        "beat": _("给定时任务排队"),
    },
)
