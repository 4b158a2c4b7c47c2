"""What random histories are made of: each room's moves, and the occasion a move is made on.

A room that changes cases says its moves in `tests/moves.py`: `MOVES`, by name, and `OFTEN`, the names
that are to come more often than the others; where moves open cases, `opened()`, how many they did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Report
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast, Person

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of the cases of a history, a number that chooses somebody or something, and a fresh key."""

    cast: Cast
    plays: Sequence[Play]
    play: Play
    who: int
    key: str

    @property
    def common(self) -> dict[str, Any]:
        """Number and key, as nearly every deed takes them."""
        return {"number": self.play.receipt.case_number, "key": self.key}

    @property
    def report(self) -> Report:
        """The report the case began with."""
        return Report.objects.select_related("case").get(number=self.play.receipt.number)

    def viewer(self, *likely: str) -> Viewer:
        """Mostly the one whose deed it is; sometimes somebody else."""
        return self._one_of(self.who, likely)

    def likeliest(self, name: str) -> Viewer:
        """The one whose deed it is, where `who` chooses something else."""
        return self._one_of(0, (name,))

    def _one_of(self, who: int, likely: Sequence[str]) -> Viewer:
        names = [*likely, *likely, "zhao", "li", "tang", "acceptor"]
        person: Person = getattr(self.cast, names[who % len(names)])
        return person.viewer_now


Move = Callable[[Occasion], object]


def rooms() -> list[ModuleType]:
    """The rooms that have moves."""
    found = sorted(ROOT.glob("gezhi/**/tests/moves.py"))
    return [import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)) for path in found]


def moves() -> dict[str, Move]:
    """The moves of all rooms by name; a name is one room's alone."""
    found: dict[str, Move] = {}
    for room in rooms():
        twice = sorted(set(found) & set(room.MOVES))
        assert not twice, f"{twice} 在两间房间的 moves.py 里"
        found |= room.MOVES
    return found


def opened_by_rooms() -> int:
    """How many cases the rooms' own moves opened, as each that opens any tells by `opened`."""
    return sum(room.opened() for room in rooms() if hasattr(room, "opened"))
