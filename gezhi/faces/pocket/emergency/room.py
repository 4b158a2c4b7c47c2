"""点名 on top of 今日 while an emergency is on."""

from collections.abc import Mapping
from typing import Any

from gezhi.faces.pocket.registry import Piece
from gezhi.kernel.viewer import Viewer
from gezhi.work.emergency import queries


def _asked(viewer: Viewer) -> Mapping[str, Any] | None:
    found = queries.asked_of(viewer)
    return {"asked": found} if found else None


PIECE = Piece("emergency", "pocket/emergency/_asked.html", _asked)
