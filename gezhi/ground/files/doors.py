"""Who may look at a file now: asked of what the file belongs to, each time it is sent.

A signed address says who was shown the photo some minutes ago. What it belongs to may be closed to
them since: whoever knows that registers a door.
"""

from collections.abc import Callable

from gezhi.kernel.viewer import Viewer

Door = Callable[[Viewer, int], bool]
_doors: dict[str, Door] = {}


def register(name: str, door: Door) -> None:
    """Ask this too, of a viewer and the id of a file; the same name again takes its place."""
    _doors[name] = door


def is_open(viewer: Viewer, file_id: int) -> bool:
    """Whether no door is closed to this member of staff."""
    return all(door(viewer, file_id) for door in _doors.values())
