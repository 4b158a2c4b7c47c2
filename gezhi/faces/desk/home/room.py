"""今天要办的, in the rail of all who work with cases."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="home",
    entries=(
        Entry(
            _("今天要办的"),
            "desk:home",
            "home",
            0,
            roles_with(Right.SEE_OPEN),
        ),
    ),
)
