"""外单位 in the rail of whoever gives links to units without accounts."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="guests",
    entries=(Entry(_("临时链接"), "desk:guests", "users", 29, roles_with(Right.SEE_GUESTS)),),
)
