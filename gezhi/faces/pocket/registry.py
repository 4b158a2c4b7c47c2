"""What each room adds to the bar under the thumb and to the first page: its `room.py` says it, its `apps.py` registers it.

The bar knows no room by its name, so that a new room changes no file of another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from gezhi.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the bar at its place in `order`; `waits` are the queues whose cases it counts."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece on top of the first page; `shown` answers what `template` draws, None leaves it out."""

    name: str
    template: str
    shown: Callable[[Viewer], Mapping[str, Any] | None]


_pieces: dict[str, Piece] = {}
_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Put pages into the bar; the same address again takes the place of the first."""
    _entries.update({entry.url_name: entry for entry in entries})


def register_piece(piece: Piece) -> None:
    """Put a piece on top of the first page; the same name again takes the place of the first."""
    _pieces[piece.name] = piece


def pieces(viewer: Viewer) -> list[tuple[str, Mapping[str, Any]]]:
    """The pieces this worker has now, as template and what it draws."""
    drawn = ((piece.template, piece.shown(viewer)) for piece in _pieces.values())
    return [(template, shown) for template, shown in drawn if shown is not None]


def entries() -> list[Entry]:
    """The bar from left to right."""
    return sorted(_entries.values(), key=lambda entry: entry.order)
