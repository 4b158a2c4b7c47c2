"""应急 in the rail; on top of the first page while one is on."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.emergency.listing import on_now
from gezhi.faces.desk.registry import HomePart, Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

_SEES = roles_with(Right.SEE_EMERGENCY)

ROOM = Room(
    name="emergency",
    entries=(Entry(_("应急"), "desk:emergencies", "warning", 27, _SEES),),
    home=(HomePart(-20, "desk/emergency/_on.html", _SEES, on_now, above=True),),
    notices=dict.fromkeys(
        (
            "emergency_roll_call",
            "emergency_notice",
            "emergency_call",
            "emergency_off",
            "emergency_drill_roll_call",
            "emergency_drill_notice",
            "emergency_drill_call",
            "emergency_drill_off",
        ),
        "desk:emergencies",
    ),
)
