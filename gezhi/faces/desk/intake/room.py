"""来电登记, for whoever answers the phone: in the rail, and a button at the head of every list."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room, Tool
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.viewer import Role

ANSWERING = (Role.ACCEPTOR, Role.COMMUNITY_CLERK)

ROOM = Room(
    name="intake",
    head="desk/intake/_head.html",
    dialog="desk/intake/_dialog.html",
    entries=(Entry(_("来电登记"), "desk:intake", "phone", 20, frozenset(ANSWERING)),),
    tools=(Tool("desk/intake/_call_button.html", frozenset(ANSWERING)),),
)
