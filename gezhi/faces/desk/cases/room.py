"""A case is found by its own number and by a report's; whoever calls back has the list of whom."""

from gezhi.faces.desk.cases.case import numbered
from gezhi.faces.desk.registry import Room, Tool
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="cases",
    tools=(Tool("desk/cases/_call_backs_button.html", roles_with(Right.CALL_BACK), "callback"),),
    numbered=numbered,
    head="desk/cases/_head.html",
)
