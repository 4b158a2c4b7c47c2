"""What the trail says of dry runs."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "dry_runs": Family(105, _("试算")),
    },
    verbs={
        "dry_runs.begin": _("试算派单规则"),
    },
    kinds={
        "dry_run": _("试算"),
    },
    details={
        "first": _("从哪天"),
        "last": _("到哪天"),
    },
    systems={
        "dry_runs": _("试算"),
    },
    tasks={
        "gezhi.work.dry_runs.tasks.reckon": _("试算派单规则"),
        "gezhi.work.dry_runs.tasks.prune": _("清理七天前的试算"),
    },
)
