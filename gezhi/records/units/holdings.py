"""What hangs on a unit, room by room: who asks need not know the rooms.

Each room that gives units something to look after registers here when its app is ready: how it is
counted, kept still and given over. What is not registered stays with a unit that closes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit


def _nothing(unit: Unit) -> None:
    """Most rooms have nothing that must be locked before the unit."""


def _none(unit: Unit) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing that units have.

    `give` hands all of it to another unit in the caller's transaction, in the name of the viewer, and
    answers how many; it refuses (Conflict) what cannot go, which keeps the unit open. `keep_still`
    locks what must be locked before the unit. `waiting` is what nobody would look after if everybody
    left. `words` says a count: "%(count)s 件在办的事".
    """

    name: str
    words: str | Promise
    order: int
    count: Callable[[Unit], int]
    give: Callable[[Unit, Unit, Viewer], int]
    keep_still: Callable[[Unit], None] = _nothing
    waiting: Callable[[Unit], int] = _none


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Have it asked from now on; the same name again takes the place of the first."""
    _holdings[holding.name] = holding


def holdings() -> list[Holding]:
    """Everything registered, in the order in which it is locked and given over."""
    return sorted(_holdings.values(), key=lambda one: one.order)
