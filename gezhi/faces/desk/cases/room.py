"""A case is found by its own number and by a report's; whoever calls back has the list of whom."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.case import numbered
from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="cases",
    entries=(Entry(_("回访名单"), "desk:call_backs", "phone", 22, roles_with(Right.CALL_BACK)),),
    numbered=numbered,
    head="desk/cases/_head.html",
)
