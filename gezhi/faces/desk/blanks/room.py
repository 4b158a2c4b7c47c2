"""空白表, in the rail of whoever takes reports in."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="blanks",
    entries=(Entry(_("手填的表"), "desk:blanks", "document", 21, roles_with(Right.TAKE_IN)),),
)
