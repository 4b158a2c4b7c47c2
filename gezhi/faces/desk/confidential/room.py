"""保密事项, for whoever oversees an area; a restricted case is found by its number only."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.confidential.opening import counts, numbered
from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.figures import Figure
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="confidential",
    entries=(Entry(_("保密事项"), "desk:confidential", "lock", 22, roles_with(Right.OVERSEE)),),
    figures=(Figure("confidential", roles_with(Right.OVERSEE), counts),),
    numbered=numbered,
)
