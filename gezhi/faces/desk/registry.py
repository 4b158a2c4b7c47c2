"""What each room adds to the pages that belong to all of them: the rail, the first page, the head
of every list, the search, the words of the trail.

A room says it once in its own `room.py`, and its `apps.py` registers that when the app is ready. No
page here knows a room by its name, so that a new room changes no file of another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse

from gezhi.faces.shell import figures, menu
from gezhi.faces.shell.figures import Figure
from gezhi.faces.shell.parts import MenuEntry
from gezhi.ground.audit import wording
from gezhi.ground.audit.wording import Wording
from gezhi.ground.sheets.queries import Look
from gezhi.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class OwnEntries:
    """Entries of the rail that differ by viewer, reckoned together, at one place in its order."""

    order: int
    of: menu.Source


@dataclass(frozen=True, slots=True)
class Tool:
    """A button at the head of the first page and of every list, or of the one queue it names, for
    whoever has one of the roles."""

    template: str
    roles: frozenset[Role]
    queue: str = ""


@dataclass(frozen=True, slots=True)
class HomePart:
    """A piece of the first page, for whoever has one of the roles, at its place in `order`.

    `shown` gets the viewer and their rail; what it answers is `shown` in the template, None leaves
    the piece out. A piece that is narrow enough (`column`) may stand beside another; one that cannot
    wait for a reader to come down to it stands `above` them all.
    """

    order: int
    template: str
    roles: frozenset[Role]
    shown: Callable[[Viewer, Sequence[MenuEntry]], Mapping[str, Any] | None]
    column: bool = False
    above: bool = False


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The page the desk opens on for whoever has one of the roles and nothing to do with cases."""

    url_name: str
    roles: frozenset[Role]


class Drawn(NamedTuple):
    """A piece of the first page as this viewer has it."""

    template: str
    shown: Mapping[str, Any]
    column: bool
    above: bool


class Section(NamedTuple):
    """Lines of one kind in a list, under their title; `template` draws its `lines`, a `<li>` each.

    `export_url` leads to them as a sheet, where they may be taken along.
    """

    title: str
    lines: Sequence[Any]
    template: str
    export_url: str = ""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """How the pages of a declared sheet lead on: to the list its rows stand in, to that list as a
    sheet (`current_url`), and a template for the page of what came of a batch (`batch`, `sheet`), and
    one on the page where a batch is looked at, with what `shown` answers of it (`shown`)."""

    sheet: str
    list_url: str
    current_url: str = ""
    current_args: tuple[str, ...] = ()
    outcome: str = ""
    looked_at: str = ""
    shown: Callable[[Viewer, Look], Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """All a room adds, each part only for viewers it is for.

    `figures` are the numbers of its lists that pages show, by name (`shell/figures.py`).
    `numbered` answers the address of the one thing with a number somebody typed, "" for none of the
    viewer's; `named` the same of a number of another system, letters and all. `found` answers what words find of the viewer's, as sections of the list. `head` is a
    template of style sheets and scripts for every page of the desk: only what pieces of the room
    need on pages of others; `dialog` one of a dialog that opens over any page. `wording` says what
    the trail holds of the room. `notices` says which of its pages a kind of notice leads to, by the
    name of the address, where it speaks of no case.
    """

    name: str
    entries: tuple[menu.Entry, ...] = ()
    figures: tuple[Figure, ...] = ()
    own_entries: OwnEntries | None = None
    tools: tuple[Tool, ...] = ()
    home: tuple[HomePart, ...] = ()
    first_page: FirstPage | None = None
    numbered: Callable[[Viewer, str], str] | None = None
    named: Callable[[Viewer, str], str] | None = None
    found: Callable[[Viewer, str], Sequence[Section]] | None = None
    head: str = ""
    dialog: str = ""
    sheets: tuple[SheetPage, ...] = ()
    wording: Wording | None = None
    notices: Mapping[str, str] = field(default_factory=dict)


_rooms: dict[str, Room] = {}


def register(room: Room) -> None:
    """Add a room; the same name again takes the place of the first. Called by its `apps.py`."""
    _rooms[room.name] = room
    for entry in room.entries:
        menu.register(entry)
    for figure in room.figures:
        figures.register(figure)
    if room.own_entries is not None:
        menu.register_source(f"desk.{room.name}", room.own_entries.order, room.own_entries.of)
    if room.wording is not None:
        wording.register(f"desk.{room.name}", room.wording)


def rooms() -> list[Room]:
    """The rooms in the order of their apps."""
    return list(_rooms.values())


def sheet_page(name: str) -> SheetPage | None:
    """How the pages of this sheet lead on; None where no room says it."""
    return next((one for room in rooms() for one in room.sheets if one.sheet == name), None)


def notice_url(kind: str) -> str:
    """The page that a notice of this kind speaks of; "" where no room says it."""
    named = (room.notices[kind] for room in rooms() if kind in room.notices)
    return next((reverse(name) for name in named), "")


def tools(viewer: Viewer, queue: str = "") -> list[str]:
    """The templates of the buttons this viewer has at the head of a list, of this queue."""
    return [
        one.template
        for room in rooms()
        for one in room.tools
        if viewer.roles & one.roles and one.queue in ("", queue)
    ]


def home_parts(viewer: Viewer, rail: Sequence[MenuEntry]) -> Iterator[Drawn]:
    """The first page of this viewer, piece by piece."""
    parts = [one for room in rooms() for one in room.home if viewer.roles & one.roles]
    for one in sorted(parts, key=lambda part: part.order):
        shown = one.shown(viewer, rail)
        if shown is not None:
            yield Drawn(one.template, shown, one.column, one.above)


def first_page(viewer: Viewer) -> str:
    """The name of the address this viewer's desk opens on; "" for the first page of all."""
    pages = (room.first_page for room in rooms())
    return next((one.url_name for one in pages if one and viewer.roles & one.roles), "")


def numbered(viewer: Viewer, number: str) -> str:
    """Where the one thing with this number stands; "" when there is none for this viewer."""
    asked = (room.numbered(viewer, number) for room in rooms() if room.numbered is not None)
    return next((address for address in asked if address), "")


def named(viewer: Viewer, typed: str) -> str:
    """Where the one thing stands that another system calls so; "" when there is none for this viewer."""
    asked = (room.named(viewer, typed) for room in rooms() if room.named is not None)
    return next((address for address in asked if address), "")


def found(viewer: Viewer, words: str) -> list[Section]:
    """What the words find among the viewer's things, room by room; empty sections are left out."""
    return [
        section
        for room in rooms()
        if room.found is not None
        for section in room.found(viewer, words)
        if section.lines
    ]
