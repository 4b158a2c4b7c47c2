"""The rail of the desk: each page says once who finds it there; nobody keeps a list of pages.

A face registers when its app is ready. An entry that somebody may not use is not in their rail.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise

from gezhi.faces.shell.addresses import address
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the rail, for whoever has one of the roles, at its place in `order`.

    `count` says how many things wait there; it is asked only of viewers who see the entry.
    """

    label: str | Promise
    url_name: str
    icon: str
    order: int
    roles: frozenset[Role]
    arguments: tuple[str, ...] = ()
    count: Callable[[Viewer], int | None] | None = field(default=None, compare=False)


# Several entries that are reckoned together, as the queues of a viewer with one query; with their
# numbers or without.
Source = Callable[[Viewer, bool], Iterable[MenuEntry]]

_AT = "gezhi.menu_at"
_entries: dict[tuple[str, tuple[str, ...]], Entry] = {}
_sources: dict[str, tuple[int, Source]] = {}


def register(entry: Entry) -> None:
    """Put a page into the rail; the same address again takes the place of the first."""
    _entries[entry.url_name, entry.arguments] = entry


def register_source(name: str, order: int, source: Source) -> None:
    """Put entries into the rail that differ by viewer; the same name again takes its place."""
    _sources[name] = order, source


def stand_at(request: HttpRequest, address: str) -> None:
    """Say which entry of the rail a page belongs to, where its own address does not; "" for none."""
    request.META[_AT] = address


def address_of(request: HttpRequest) -> str:
    """The address that tells which entry of the rail is the current one."""
    return str(request.META.get(_AT, request.path))


def entries_for(viewer: Viewer | None, at: str = "", *, numbered: bool = True) -> list[MenuEntry]:
    """The rail of this viewer in order, the entry that holds the address `at` marked as current.

    A stranger has none. Of two entries that hold the address the longer one is current. Without
    `numbered` nothing is counted.
    """
    if viewer is None or not viewer.seats:
        return []
    found: list[tuple[int, MenuEntry]] = [
        (entry.order, _drawn(entry, viewer, numbered))
        for entry in _entries.values()
        if viewer.roles & entry.roles
    ]
    for order, source in _sources.values():
        found += [(order, entry) for entry in source(viewer, numbered)]
    found.sort(key=lambda pair: pair[0])
    current = max(
        (entry.url for _, entry in found if at.startswith(entry.url)), key=len, default=""
    )
    return [entry._replace(current=entry.url == current) for _, entry in found]


def _drawn(entry: Entry, viewer: Viewer, numbered: bool) -> MenuEntry:
    return MenuEntry(
        label=str(entry.label),
        url=address(entry.url_name, *entry.arguments),
        icon=entry.icon,
        number=entry.count(viewer) if numbered and entry.count else None,
    )
