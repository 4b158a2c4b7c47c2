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

_CHUNK = 1 << 18
# Below this many tries, plain Python is done before a compiler would have started.
_COMPILE_ABOVE = 400_000
# The table compound × grid stays below 256 MB.
_TABLE_LIMIT = 64_000_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What refinement weighs against the cut.

    `uneven` is the cost of a grid that is off the target by as much as the bounds allow,
    `piece` of one more grid in a compound, `move` of one household that changes its grid,
    `outside` of one household outside the bounds. `tries` is per atom.
    """

    uneven: float = 4.0
    piece: float = 30.0
    move: float = 0.0
    outside: float = 3.0
    hot: float = 14.0
    cold: float = 0.35
    tries: int = 1500


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
    rng: np.random.Generator,
    home: Ints | None = None,
    movable: Ints | None = None,
) -> Ints:
    """A division with the same number of grids, as connected as `part` was, at lower cost.

    `home` is today's grid of each atom (-1: none); only atoms in `movable` move when given.
    Deterministic for a given state of `rng`, with or without the compiler.
    """
    part = renumbered(part)
    grids = int(part.max()) + 1 if len(part) else 0
    pool = np.arange(graph.count) if movable is None else movable
    pool = pool[np.diff(graph.indptr)[pool] > 0]
    total = aim.tries * len(pool)
    if grids < 2 or not total:
        return part
    kinds = int(graph.compound.max(initial=-1)) + 1
    compound, stride = graph.compound, grids
    if kinds * grids > _TABLE_LIMIT:
        kinds, compound = 0, np.full(graph.count, -1, dtype=np.int64)
    pieces = np.zeros(max(1, kinds * grids), dtype=np.int64)
    inside = compound >= 0
    np.add.at(pieces, compound[inside] * stride + part[inside], 1)
    state: list[Any] = [
        part,
        np.bincount(part, graph.load, grids).astype(np.int64),
        np.bincount(part, minlength=grids).astype(np.int64),
        graph.indptr,
        graph.indices,
        graph.weights,
        graph.load,
        compound,
        pieces,
        stride,
        np.full(graph.count, -1, dtype=np.int64) if home is None else home,
        np.zeros(graph.count, dtype=np.int64),
        np.zeros(graph.count, dtype=np.int64),
    ]
    kernel = _compiled() if total > _COMPILE_ABOVE else None
    plain = kernel is None
    if plain:
        kernel = kernels.anneal
        state = [item.tolist() if isinstance(item, np.ndarray) else item for item in state]
    assert kernel is not None  # noqa: S101 - for the type checker
    reach = max(rules.maximum - rules.target, rules.target - rules.minimum, 1)
    cooling = (aim.cold / aim.hot) ** (1.0 / total)
    heat, done, tick = aim.hot, 0, 0
    while done < total:
        count = min(_CHUNK, total - done)
        draws: list[Any] = [
            pool[rng.integers(0, len(pool), count)],
            rng.random(count),
            rng.standard_exponential(count),
        ]
        if plain:
            draws = [draw.tolist() for draw in draws]
        tick = kernel(
            *state,
            *draws,
            heat,
            cooling,
            rules.minimum,
            rules.maximum,
            aim.outside,
            aim.uneven / reach**2,
            aim.piece,
            aim.move,
            tick,
        )
        heat *= cooling**count
        done += count
    return np.asarray(state[0], dtype=np.int64)
