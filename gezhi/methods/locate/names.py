"""Finding registered names in a text: a dictionary look-up where two signs may begin one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

# How sure a name is by the way it fits.
EXACT: Final = 1.0
LEARNT: Final = 0.97
SHORT: Final = 0.92


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for: ids of places, and the id of a road (0 for none).

    A road known only from addresses has the id -1.
    """

    name: str
    places: tuple[int, ...]
    score: float
    road: int = 0

    @property
    def short(self) -> bool:
        """Whether it is a name cut short by rule: it counts only before a numbered part."""
        return self.score <= SHORT


@dataclass(slots=True)
class Hit:
    """A name found in a text at `start` to `end`, half-open."""

    named: Named
    start: int
    end: int


class Names:
    """Names of two signs and more, longest first where they begin alike."""

    def __init__(self, named: Iterable[Named]) -> None:
        """Each name once; refuses nothing, leaves out names of one sign."""
        heads: dict[str, list[Named]] = defaultdict(list)
        self.by_name: dict[str, Named] = {}
        for one in named:
            if len(one.name) > 1:
                self.by_name[one.name] = one
                heads[one.name[:2]].append(one)
        self._heads = {
            head: tuple(sorted(ones, key=lambda one: -len(one.name)))
            for head, ones in heads.items()
        }
        self._beginning = _beginning(list(heads))

    def begins(self, head: str) -> bool:
        """Whether a name begins with these two signs."""
        return head in self._heads

    def hits(self, text: str) -> Iterator[Hit]:
        """The names in a folded text from left to right, the longest at each place, none inside
        another."""
        heads, until = self._heads, 0
        for match in self._beginning.finditer(text):
            start = match.start()
            if start < until:
                continue
            for named in heads.get(text[start : start + 2], ()):
                if text.startswith(named.name, start):
                    until = start + len(named.name)
                    yield Hit(named, start, until)
                    break

    def every(self, text: str) -> Iterator[Hit]:
        """All names in a text, those inside others too."""
        heads = self._heads
        for match in self._beginning.finditer(text):
            start = match.start()
            for named in heads.get(text[start : start + 2], ()):
                if text.startswith(named.name, start):
                    yield Hit(named, start, start + len(named.name))


def _beginning(heads: Sequence[str]) -> re.Pattern[str]:
    """A sign that begins a name before one that is second in a name: all others are passed over
    at the speed of a regular expression."""
    first, second = ({re.escape(head[at]) for head in heads} for at in (0, 1))
    if not first:
        return re.compile("(?!)")
    return re.compile(f"[{''.join(sorted(first))}](?=[{''.join(sorted(second))}])")
