"""通知, for everybody, with how many nobody has read."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.registry import Room
from gezhi.faces.shell.menu import Entry
from gezhi.ground.notices import queries as notices
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer


def unread(viewer: Viewer) -> int | None:
    """How many notices wait; None, which shows no number, for none."""
    return notices.unread_count(viewer) or None


ROOM = Room(
    name="notices",
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
