"""The most even loads whatever the shape, for a handful of grids of a few large atoms."""

from itertools import combinations

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.refine import Aim, Schedule, refine
from gezhi.methods.divide.rules import Floats, Ints, Rules
from gezhi.methods.divide.trees import spanning_tree

# Two grids of this many atoms together are split in every way there is (2 to this power).
_ATOMS = 20
_SETTLE = Schedule(200, hot=30.0, cold=0.01, broken=0.0, outside=0.0)


def evened(
    graph: Graph, part: Ints, rules: Rules, aim: Aim, rng: np.random.Generator, restarts: int
) -> Ints:
    """A division into as many connected grids with the least greatest distance from the mean.

    Pairs of neighbouring grids are split in the best of all ways until no pair gets better, from
    `part` and from random trees that a short annealing has settled. Pairs of more than 20 atoms are left as they are.
    """
    grids = int(part.max()) + 1
    goal = float(graph.load.sum()) / grids
    best = _descended(graph, part, grids, goal)
    for _ in range(restarts):
        start = refine(graph, _random(graph, grids, rng), rules, aim, _SETTLE, rng)
        found = _descended(graph, start, grids, goal)
        if _worst(graph, found, goal) < _worst(graph, best, goal):
            best = found
    return best


def _worst(graph: Graph, part: Ints, goal: float) -> float:
    return float(np.abs(np.bincount(part, graph.load) - goal).max())


def _random(graph: Graph, grids: int, rng: np.random.Generator) -> Ints:
    """Connected grids by cutting links of a random tree."""
    order, parent = spanning_tree(graph, rng, 0.0)
    cut = set(rng.choice(order[1:], grids - 1, replace=False).tolist())
    part = np.zeros(graph.count, dtype=np.int64)
    following = 0
    for atom in order.tolist():
        if atom in cut:
            following += 1
            part[atom] = following
        elif parent[atom] >= 0:
            part[atom] = part[parent[atom]]
    return part


def _descended(graph: Graph, part: Ints, grids: int, goal: float) -> Ints:
    part = part.copy()
    better = True
    while better:
        better = False
        for one, two in combinations(range(grids), 2):
            atoms = np.flatnonzero((part == one) | (part == two))
            if len(atoms) <= _ATOMS:
                side = _best_split(graph.subgraph(atoms), part[atoms] == two, goal)
                if side is not None:
                    part[atoms] = np.where(side, two, one)
                    better = True
    return part


def _best_split(graph: Graph, side: np.ndarray, goal: float) -> np.ndarray | None:
    """The best split into two connected sides, if better than the one there is."""
    count, total = graph.count, float(graph.load.sum())
    if count < 2:
        return None
    sums: Floats = np.zeros(1)
    for atom in range(count - 1):
        sums = np.concatenate([sums, sums + graph.load[atom]])
    # The last atom is never in the set, so that every split is looked at once.
    worst = np.maximum(np.abs(sums - goal), np.abs(total - sums - goal))
    now = float(graph.load[side].sum())
    limit = max(abs(now - goal), abs(total - now - goal))
    hopeful = np.flatnonzero(worst < limit - 1e-9)
    hopeful = hopeful[hopeful > 0]
    beside = [
        sum(1 << int(b) for b in graph.indices[graph.indptr[a] : graph.indptr[a + 1]])
        for a in range(count)
    ]
    everything = (1 << count) - 1
    for mask in hopeful[np.argsort(worst[hopeful], kind="stable")].tolist():
        if _holds(mask, beside) and _holds(everything & ~mask, beside):
            return np.asarray([mask >> atom & 1 for atom in range(count)], dtype=bool)
    return None


def _holds(mask: int, beside: list[int]) -> bool:
    """Whether the atoms of a bit mask hang together."""
    seen = rim = mask & -mask
    while rim:
        low = rim & -rim
        rim ^= low
        fresh = beside[low.bit_length() - 1] & mask & ~seen
        seen |= fresh
        rim |= fresh
    return seen == mask
