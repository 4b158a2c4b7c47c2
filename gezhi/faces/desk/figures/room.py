"""指标 in the rail of whoever oversees an area or answers for a community."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="figures",
    entries=(Entry(_("指标"), "desk:figures", "chart", 24, roles_with(Right.READ_FIGURES)),),
    wording=Wording(verbs={"figures.export": _("导出指标")}),
)
