"""消息发送 in the rail of the system administrator."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="deliveries",
    entries=(Entry(_("消息发送"), "desk:deliveries", "send", 82, roles_with(Right.TEND_TASKS)),),
)
