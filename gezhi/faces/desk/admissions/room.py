"""社区准入, in the rail of whoever hands matters down, is handed them, or lets them in."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="admissions",
    entries=(
        Entry(
            _("社区准入"),
            "desk:admissions",
            "shield",
            552,
            roles_with(Right.HANDLE, Right.OVERSEE),
        ),
    ),
    notices=dict.fromkeys(
        ("admission_comes", "admission_let_in", "admission_refused"), "desk:admissions"
    ),
    wording=Wording(verbs={"duties.export_admissions": _("导出社区事项准入")}),
)
