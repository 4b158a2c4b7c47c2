"""查找, for all who work with cases."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.kernel.rights import Right, roles_with

ROOM = Room(
    name="search",
    entries=(
        Entry(
            _("查找"),
            "desk:search",
            "search",
            30,
            roles_with(Right.SEARCH),
        ),
    ),
)
