"""没做成的任务, for the system administrator."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.addresses import address
from gezhi.faces.shell.figures import Count, Figure
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.ground.jobs.queries import undone_count
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer


def counts(viewer: Viewer) -> Mapping[str, Count]:
    """How many tasks failed, and rows a loop went past."""
    return {"undone": Count(undone_count(viewer), address("desk:failed"))}


ROOM = Room(
    name="jobs",
    entries=(
        Entry(
            _("没做成的任务"),
            "desk:failed",
            "warning",
            80,
            roles_with(Right.TEND_TASKS),
        ),
    ),
    figures=(Figure("undone", roles_with(Right.TEND_TASKS), counts, lines={"undone": "undone"}),),
    wording=Wording(
        verbs={"jobs.export": _("导出没做成的任务")},
        # Of what writes nothing into the trail, and so has no words of its own.
        tasks={
            "gezhi.config.tasks.optimize": _("让数据库保持查得快"),
            "gezhi.config.tasks.tidy": _("清理过期的登录"),
            "gezhi.ground.counters.tasks.prune": _("清理过期的计数"),
        },
    ),
)
