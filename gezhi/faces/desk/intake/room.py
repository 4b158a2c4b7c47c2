"""来电登记, for whoever answers the phone: in the rail, and a button at the head of every list."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room, Tool
from gezhi.faces.shell.menu import Entry
from gezhi.ground.audit.wording import Wording
from gezhi.kernel.rights import Right, roles_with

_ANSWERING = roles_with(Right.TAKE_IN)

ROOM = Room(
    name="intake",
    head="desk/intake/_head.html",
    dialog="desk/intake/_dialog.html",
    entries=(Entry(_("来电登记"), "desk:intake", "phone", 20, _ANSWERING),),
    tools=(Tool("desk/intake/_call_button.html", _ANSWERING),),
    wording=Wording(verbs={"read.place_cases": _("查看这个地点以前的事")}),
)
