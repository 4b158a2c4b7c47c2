"""备份, for the system administrator: in the rail, and in red above all where there is none of today."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import HomePart, Room
from gezhi.faces.shell.menu import Entry
from gezhi.faces.shell.parts import MenuEntry
from gezhi.ground.backups import queries
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer

_KEEPERS = roles_with(Right.KEEP_BACKUPS)


def worry(_viewer: Viewer, _rail: Sequence[MenuEntry]) -> Mapping[str, Any] | None:
    """What is wrong with the backups; nothing on the first page when all is well."""
    found = queries.worry()
    return None if found is None else {"worry": found}


ROOM = Room(
    name="backups",
    entries=(Entry(_("备份"), "desk:backups", "download", 505, _KEEPERS),),
    home=(HomePart(-10, "desk/backups/_worry.html", _KEEPERS, worry, above=True),),
)
