"""点名, and a call of a crew, on top of 今日 while an emergency is on."""

from collections.abc import Mapping
from typing import Any

from gezhi.faces.pocket.registry import Piece
from gezhi.kernel.viewer import Viewer
from gezhi.work.emergency import queries


def _asked(viewer: Viewer) -> Mapping[str, Any] | None:
    asked, calls = queries.asked_of(viewer), queries.own_crew_calls(viewer)
    return {"asked": asked, "calls": calls} if asked or calls else None


PIECE = Piece("emergency", "pocket/emergency/_asked.html", _asked)
