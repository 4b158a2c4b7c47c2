"""What a state table says of a deed: from where to where, and who may. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gezhi.kernel.viewer import Role, Seat

StateT = TypeVar("StateT", bound=str)
StandingT = TypeVar("StandingT", bound=str)


@dataclass(frozen=True)
class Rule(Generic[StateT, StandingT]):
    """One row of a state table; without a standing anybody may."""

    moves: frozenset[tuple[StateT, StateT]]
    standing: tuple[StandingT, ...]
    roles: frozenset[Role] = frozenset()
    who: str = ""

    def allows(self, state: str, to: str | None = None) -> bool:
        """Whether the deed may be done in `state` (and, if given, may lead to `to`)."""
        return any(origin == state and to in (None, end) for origin, end in self.moves)


def moving(*pairs: tuple[StateT, StateT]) -> frozenset[tuple[StateT, StateT]]:
    """From the first of each pair to the second."""
    return frozenset(pairs)


def staying(states: Iterable[StateT]) -> frozenset[tuple[StateT, StateT]]:
    """In any of these states, and no change of it."""
    return frozenset((state, state) for state in states)


@dataclass(frozen=True, slots=True)
class Given:
    """Whether the right is given, and by which seat (None for strangers and tasks)."""

    given: bool
    seat: Seat | None = None
