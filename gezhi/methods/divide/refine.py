"""Refinement of a division by annealing: cheap moves of border atoms, cooled down."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from gezhi.methods.divide import kernels
from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules

# Below this many tries plain Python is done before a compiler would have been loaded.
_COMPILE_ABOVE = 200_000
_compiler_in_use = False
# The table compound × grid stays below 256 MB.
_TABLE_LIMIT = 64_000_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What a division is judged by, beside its bounds, in units of cut weight.

    `uneven` is the cost of a grid whose workload is off the mean by as much as the bounds allow,
    `piece` of one more grid in a compound, `move` of one household that leaves its grid of today,
    `cut` the factor of the cut itself (0: only evenness counts).
    """

    uneven: float = 4.0
    piece: float = 30.0
    move: float = 0.0
    cut: int = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hot: `tries` moves per atom, heat from `hot` to `cold` (cut weight).

    `broken` is the cost of a grid out of bounds, `outside` of each household by which it is.
    """

    tries: int
    hot: float
    cold: float = 0.3
    broken: float = 60.0
    outside: float = 2.0


@cache
def _compiled() -> Callable[..., int] | None:
    if importlib.util.find_spec("numba") is None:
        return None
    import numba

    compiled: Callable[..., int] = numba.njit(cache=True)(kernels.anneal)
    return compiled


def renumbered(part: Ints) -> Ints:
    """The same division with grids numbered 0, 1, … by their first atom."""
    _, first, inverse = np.unique(part, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def refine(
    graph: Graph,
    part: Ints,
    rules: Rules,
    aim: Aim,
    schedule: Schedule,
    rng: np.random.Generator,
    home: Ints | None = None,
) -> Ints:
    """A division with the same grids, as connected as they were, at lower cost.

    Grid numbers are kept. `home` is the grid of today of each atom, in the same numbers (-1:
    none). Deterministic for a given state of `rng`, with or without the compiler.
    """
    grids = int(part.max()) + 1 if len(part) else 0
    total = schedule.tries * graph.count
    if grids < 2 or not total:
        return part
    state = _state(graph, part, grids, aim, home)
    kernel = _compiled() if _compiler_in_use or total > _COMPILE_ABOVE else None
    plain = kernel is None
    if plain:
        state = [item.tolist() if isinstance(item, np.ndarray) else item for item in state]
    run = kernel or kernels.anneal
    reach = max(rules.maximum - rules.target, rules.target - rules.minimum, 1)
    cooling = (schedule.cold / schedule.hot) ** (1.0 / total)
    heat, done, tick = schedule.hot, 0, 0
    sources = graph.sources
    while done < total:
        part = np.array(state[0], dtype=np.int64)
        border = np.flatnonzero(part[sources] != part[graph.indices])
        if not len(border):
            return part
        # Borders move while a batch runs; twice their length is soon enough to look again.
        count = min(max(512, 2 * len(border)), total - done)
        picked = border[rng.integers(0, len(border), count)]
        draws: list[Any] = [
            sources[picked],
            graph.indices[picked],
            rng.standard_exponential(count),
        ]
        if plain:
            draws = [draw.tolist() for draw in draws]
        tick = run(
            *state,
            *draws,
            heat,
            cooling,
            rules.minimum,
            rules.maximum,
            schedule.outside,
            schedule.broken,
            aim.uneven / reach**2,
            aim.piece,
            aim.move,
            tick,
        )
        heat *= cooling**count
        done += count
    return np.array(state[0], dtype=np.int64)


def _state(graph: Graph, part: Ints, grids: int, aim: Aim, home: Ints | None) -> list[Any]:
    """What the kernel changes and reads, in the order of its arguments."""
    kinds = int(graph.compound.max(initial=-1)) + 1
    compound = graph.compound
    if kinds * grids > _TABLE_LIMIT:
        kinds, compound = 0, np.full(graph.count, -1, dtype=np.int64)
    pieces = np.zeros(max(1, kinds * grids), dtype=np.int64)
    inside = compound >= 0
    np.add.at(pieces, compound[inside] * grids + part[inside], 1)
    work = graph.even_work()
    return [
        part.copy(),
        np.bincount(part, graph.load, grids).astype(np.int64),
        np.bincount(part, minlength=grids).astype(np.int64),
        graph.indptr,
        graph.indices,
        graph.weights * aim.cut,
        graph.load,
        work,
        np.bincount(part, work, grids),
        compound,
        pieces,
        grids,
        np.full(graph.count, -1, dtype=np.int64) if home is None else home,
        np.zeros(graph.count, dtype=np.int64),
        np.zeros(graph.count, dtype=np.int64),
    ]


def cost(graph: Graph, part: Ints, rules: Rules, aim: Aim, home: Ints | None = None) -> float:
    """What refinement weighs, counted afresh; a grid out of bounds weighs most of all."""
    across = part[graph.sources] != part[graph.indices]
    load = np.bincount(part, graph.load)
    work = np.bincount(part, graph.even_work())
    present = np.bincount(part) > 0
    reach = max(rules.maximum - rules.target, rules.target - rules.minimum, 1)
    uneven = float((((work[present] - rules.target) / reach) ** 2).sum())
    excess = rules.excess(load[present].astype(np.int64))
    inside = graph.compound >= 0
    pieces = len(np.unique(graph.compound[inside] * (len(load) + 1) + part[inside]))
    moved = 0.0
    if home is not None and aim.move:
        left = (home >= 0) & (part != home)
        moved = float((graph.load[left] + 1).sum())
    return (
        aim.cut * float(graph.weights[across].sum()) / 2
        + aim.piece * pieces
        + aim.uneven * uneven
        + aim.move * moved
        + 1e4 * float((excess > 0).sum())
        + 10.0 * float(excess.sum())
    )
