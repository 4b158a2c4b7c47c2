"""Whether a small connected graph can be divided within bounds at all: a sweep over its atoms.

Atoms are taken one by one. Of every beginning of a division only what matters later is kept: the
grid of each atom of the front (taken, with neighbors not yet taken), which of these hang together
already, and how much each open grid holds. So the work grows with the front and not with the
number of divisions (frontier-based search: Kawahara, Inoue, Iwashita and Minato, IEICE Trans.
Fundamentals E100-A, 2017).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules

# Beginnings side by side, more and more of them: few mostly find a division there is, in half a
# second for 60 atoms; many are for the proof that there is none.
WIDTHS = (300, 3_000, 20_000)
# Components of more atoms are not swept: their fronts are too wide for a proof.
MOST = 60

# The grid of each atom of the front, the piece of each, and the load of each open grid.
_State = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
# How a state came about: the state before it and the grid chosen (the next number: a new one).
_Layer = dict[_State, tuple[_State, int]]
_EMPTY: _State = ((), (), ())


@dataclass(frozen=True, slots=True)
class Swept:
    """A division within bounds (None: none found), and whether nothing was left out."""

    part: Ints | None
    complete: bool

    @property
    def impossible(self) -> bool:
        """Proved that no division within bounds exists."""
        return self.complete and self.part is None


@dataclass(frozen=True, slots=True)
class _Step:
    """Taking one atom: its neighbors in the front, which of front and atom stay, what is left."""

    atom: int
    front: tuple[int, ...]
    touching: tuple[int, ...]
    stays: tuple[bool, ...]
    left: int


def settled(graph: Graph, rules: Rules, widths: tuple[int, ...] = WIDTHS) -> Swept:
    """Sweep ever wider until a division is found or proved missing; at most `MOST` atoms.

    A larger graph is given back as neither found nor complete.
    """
    found = Swept(None, False)
    for width in widths if graph.count <= MOST else ():
        found = sweep(graph, rules, width)
        if found.complete or found.part is not None:
            break
    return found


def sweep(graph: Graph, rules: Rules, width: int) -> Swept:
    """Search for a division of a connected graph into connected grids within bounds.

    Exact while at most `width` beginnings stand side by side; beyond that only those nearest to
    hanging together are followed: a division may still be found, but none is proved missing.
    """
    load: list[int] = graph.load.tolist()
    beside = [{there for there, _ in row} for row in graph.links()]
    steps = list(_steps(_order(beside), beside, load))
    layers: list[_Layer] = []
    layer: _Layer = {_EMPTY: (_EMPTY, 0)}
    complete = True
    for step in steps:
        following: _Layer = {}
        for state in layer:
            for grid in range(len(state[2]) + 1):
                new = _taken(state, grid, step, load[step.atom], rules)
                if new is not None:
                    following.setdefault(new, (state, grid))
        if len(following) > width:
            following, complete = _narrowed(following, width), False
        layers.append(following)
        layer = following
    return Swept(_retraced(steps, layers) if _EMPTY in layer else None, complete)


def _order(beside: list[set[int]]) -> list[int]:
    """An order of the atoms with a narrow front: the best of greedy ones from every atom."""
    return min((_greedy(first, beside) for first in range(len(beside))), key=lambda o: o[0])[1]


def _greedy(first: int, beside: list[set[int]]) -> tuple[int, list[int]]:
    """From one atom always on to the one that leaves the narrowest front, and how wide it got."""
    order, taken, front = [first], {first}, {first}
    width = 0
    while len(order) < len(beside):
        options = {b for a in front for b in beside[a]} - taken
        following = min((_behind((*front, a), taken | {a}, beside), a) for a in options)[1]
        order.append(following)
        taken.add(following)
        front = {a for a in (*front, following) if not beside[a] <= taken}
        # Wide fronts cost exponentially, and long ones too.
        width += 3 ** len(front)
    return width, order


def _behind(front: tuple[int, ...], taken: set[int], beside: list[set[int]]) -> int:
    """How many atoms of a front still have neighbors to be taken."""
    return sum(not beside[atom] <= taken for atom in front)


def _steps(order: list[int], beside: list[set[int]], load: list[int]) -> Iterator[_Step]:
    front: tuple[int, ...] = ()
    taken: set[int] = set()
    left = sum(load)
    for atom in order:
        taken.add(atom)
        left -= load[atom]
        wide = (*front, atom)
        stays = tuple(not beside[a] <= taken for a in wide)
        touching = tuple(i for i, a in enumerate(front) if a in beside[atom])
        yield _Step(atom, front, touching, stays, left)
        front = tuple(a for a, stay in zip(wide, stays, strict=True) if stay)


def _taken(state: _State, grid: int, step: _Step, load: int, rules: Rules) -> _State | None:
    """The state after the atom joined a grid, or None when bounds can no longer be held."""
    grids = (*state[0], grid)
    held = [*state[2], 0] if grid == len(state[2]) else list(state[2])
    held[grid] += load
    own = len(state[1])
    joined = {state[1][i] for i in step.touching if grids[i] == grid}
    pieces = [own if piece in joined else piece for piece in (*state[1], own)]
    if held[grid] > rules.maximum or not _ended_well(grids, pieces, held, step.stays, rules):
        return None
    open_grids = [g for g, stay in zip(grids, step.stays, strict=True) if stay]
    names = {g: n for n, g in enumerate(dict.fromkeys(open_grids))}
    loads = tuple(held[g] for g in names)
    # The grids still to be closed share what is left, and none gives back what it has too much.
    whole = step.left + sum(loads)
    fewest = max(len(loads), -(-whole // rules.maximum))
    spare = sum(max(0, one - rules.minimum) for one in loads)
    if fewest * rules.minimum + spare > whole:
        return None
    open_pieces = [p for p, stay in zip(pieces, step.stays, strict=True) if stay]
    numbers = {p: n for n, p in enumerate(dict.fromkeys(open_pieces))}
    return tuple(names[g] for g in open_grids), tuple(numbers[p] for p in open_pieces), loads


def _ended_well(
    grids: tuple[int, ...],
    pieces: list[int],
    held: list[int],
    stays: tuple[bool, ...],
    rules: Rules,
) -> bool:
    """Whether each piece that leaves the front is the whole of its grid, and that within bounds."""
    if all(stays):
        return True
    kept = {piece for piece, stay in zip(pieces, stays, strict=True) if stay}
    of = dict(zip(pieces, grids, strict=True))
    homes = list(of.values())
    return all(
        piece in kept or (homes.count(grid) == 1 and rules.minimum <= held[grid] <= rules.maximum)
        for piece, grid in of.items()
    )


def _narrowed(layer: _Layer, width: int) -> _Layer:
    """The states with the fewest pieces still to be joined, then the fewest open grids."""
    ranked = sorted(layer, key=lambda state: (len(set(state[1])) - len(state[2]), len(state[2])))
    return {state: layer[state] for state in ranked[:width]}


def _retraced(steps: list[_Step], layers: list[_Layer]) -> Ints:
    """The grid of every atom, from the end of the sweep back and forth again."""
    state = _EMPTY
    way: list[tuple[_State, int]] = []
    for layer in reversed(layers):
        way.append(layer[state])
        state = way[-1][0]
    part = np.full(len(steps), -1, dtype=np.int64)
    grids = 0
    for step, (before, grid) in zip(steps, reversed(way), strict=True):
        if grid == len(before[2]):
            part[step.atom] = grids
            grids += 1
        else:
            part[step.atom] = part[step.front[before[0].index(grid)]]
    return part
