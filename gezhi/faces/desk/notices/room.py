"""通知, for everybody, with how many nobody has read."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell import figures
from gezhi.faces.shell.addresses import address
from gezhi.faces.shell.figures import Count, Figure
from gezhi.faces.shell.menu import Entry
from gezhi.ground.notices import queries as notices
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer


def counts(viewer: Viewer) -> Mapping[str, Count]:
    """How many notices wait to be read."""
    return {"unread": Count(notices.unread_count(viewer), address("desk:notices"))}


def unread(viewer: Viewer) -> int | None:
    """The same for the rail; None, which shows no number, for none."""
    return figures.number("notices", viewer) or None


ROOM = Room(
    name="notices",
    figures=(Figure("notices", roles_with(Right.BE_STAFF), counts, lines={"unread": "unread"}),),
    entries=(
        Entry(
            _("通知"),
            "desk:notices",
            "bell",
            40,
            roles_with(Right.BE_STAFF),
            count=unread,
        ),
    ),
)
