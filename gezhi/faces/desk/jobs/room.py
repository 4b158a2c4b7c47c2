"""没做成的任务, for the system administrator."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

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
    wording=Wording(verbs={"jobs.export": _("导出没做成的任务")}),
)
