"""派单先例 in the rail of whoever sends, rules or oversees."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="precedents",
    entries=(
        Entry(_("派单先例"), "desk:precedents", "book", 28, roles_with(Right.READ_PRECEDENTS)),
    ),
    wording=Wording(verbs={"precedents.export": _("导出派单先例")}),
)
