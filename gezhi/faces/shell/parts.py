"""What the parts of a page are made of: small plain values a view hands to a template.

A template never needs a model for these; a view that has no such value passes a dictionary with
the same names, and the part looks the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString


class MenuEntry(NamedTuple):
    """One entry of the desk's rail or the pocket's bar; a `number` of None shows none."""

    label: str
    url: str
    icon: str = "list"
    number: int | None = None
    current: bool = False


class QueueEntry(MenuEntry):
    """An entry of the rail that folds away, with its likes, while nothing waits in it."""

    __slots__ = ()

    @property
    def rests(self) -> bool:
        """Whether nothing waits in it, and it is not where the reader is."""
        return self.number == 0 and not self.current


class Folded(NamedTuple):
    """The rail with its resting queues together, behind the last of the others."""

    before: Sequence[MenuEntry]
    resting: Sequence[MenuEntry]
    after: Sequence[MenuEntry]


def folded(menu: Sequence[MenuEntry]) -> Folded:
    """What stands in the rail, what folds away under one line there, and what stands below it."""
    queues = [at for at, one in enumerate(menu) if isinstance(one, QueueEntry)]
    end = queues[-1] + 1 if queues else len(menu)
    resting = [one for one in menu if isinstance(one, QueueEntry) and one.rests]
    return Folded([one for one in menu[:end] if one not in resting], resting, menu[end:])


class Tab(NamedTuple):
    """One view of the same list; the current one is named to screen readers."""

    label: str
    url: str
    number: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with its small form; `caption` is read aloud, so it says what is to be seen."""

    url: str
    thumbnail_url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One thing that happened to a case, or the next thing that will.

    `kind` is `past`, `now`, `done`, `late` or `next`; `note` stands beside the time.
    """

    title: str
    moment: datetime | None = None
    who: str = ""
    text: str = ""
    kind: str = "past"
    note: str = ""
    photos: Sequence[Photo] = field(default_factory=tuple)

    @property
    def doers(self) -> list[str]:
        """Unit and person apart, for a column in which each has its line."""
        return self.who.split(" · ")


def unbroken(*pieces: str) -> SafeString:
    """A person and a moment behind each other, each of which stays on its line; "" is left out."""
    told = ((piece,) for piece in pieces if piece)
    return format_html_join(" ", '<span class="nowrap">{}</span>', told)


class Tag(NamedTuple):
    """A short word that sets a case apart: always a word, with an icon where it changes the work."""

    words: str
    kind: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class CameBack:
    """Why a case is here again: who sent it back, when and in which words, and what they ask for."""

    title: str
    text: str
    moment: datetime
    icon: str = "return"
    who: str = ""
    facts: Sequence["Fact"] = field(default_factory=tuple)
    photos: Sequence[Photo] = field(default_factory=tuple)
    note: str = ""


class Stage(NamedTuple):
    """One stop of a resident's progress line; `kind` is `past`, `now`, `next` or `finished`."""

    label: str
    kind: str = "next"


class Fact(NamedTuple):
    """A name and what it is, for definition lists."""

    label: str
    value: object


class Version(NamedTuple):
    """One line of two versions side by side: what was typed here, what stands there now."""

    label: str
    mine: object
    theirs: object

    @property
    def differs(self) -> bool:
        """Whether the reader has something to decide about this line."""
        return self.mine != self.theirs
