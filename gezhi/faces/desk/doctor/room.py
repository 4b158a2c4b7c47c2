"""体检, in the rail of the system administrator."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="doctor",
    entries=(Entry(_("体检"), "desk:doctor", "shield", 85, roles_with(Right.SET_UP)),),
)
