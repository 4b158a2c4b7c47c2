"""What each room adds to the bar under the thumb: its `room.py` says it, its `apps.py` registers it.

The bar knows no room by its name, so that a new room changes no file of another.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the bar at its place in `order`; `waits` are the queues whose cases it counts."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    waits: tuple[str, ...] = ()


_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Put pages into the bar; the same address again takes the place of the first."""
    _entries.update({entry.url_name: entry for entry in entries})


def entries() -> list[Entry]:
    """The bar from left to right."""
    return sorted(_entries.values(), key=lambda entry: entry.order)
