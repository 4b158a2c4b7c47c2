"""Bringing grids back within bounds by cutting spanning trees of a growing neighbourhood."""

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.refine import renumbered
from gezhi.methods.divide.rules import Ints, Rules
from gezhi.methods.divide.trees import cut_tree, spanning_tree

# Sets of loads are cut at the maximum; above this they cost more than they are worth.
_FINE = 4096


def repair(
    graph: Graph, part: Ints, rules: Rules, rng: np.random.Generator, trees: int = 12
) -> Ints:
    """The division with as many grids brought within bounds as trees could find.

    Grids outside a repaired neighbourhood stay as they were. A neighbourhood grows from the bad
    grid by its neighbours until a tree of it can be cut or it is the whole component.
    """
    part = renumbered(part)
    hopeless: set[int] = set()
    while True:
        load = np.bincount(part, graph.load)
        excess = rules.excess(load.astype(np.int64))
        # A grid is known by its first atom, so that a hopeless one is not tried for ever.
        first = np.unique(part, return_index=True)[1]
        bad = [g for g in np.flatnonzero(excess) if int(first[g]) not in hopeless]
        if not bad:
            return part
        grid = max(bad, key=lambda g: int(excess[g]))
        better = _recut_around(graph, part, int(grid), rules, rng, trees)
        if better is None:
            hopeless.add(int(first[grid]))
        else:
            part = renumbered(better)


def _recut_around(
    graph: Graph, part: Ints, grid: int, rules: Rules, rng: np.random.Generator, trees: int
) -> Ints | None:
    inside = np.zeros(graph.count, dtype=bool)
    inside[part == grid] = True
    size = 0
    for ring in range(60):
        if ring:
            touched = np.unique(part[graph.indices[inside[graph.sources]]])
            if ring < 3:
                # At first one neighbour more each time: small changes before large ones.
                extra = [g for g in touched.tolist() if not inside[part == g].any()]
                if extra:
                    touched = np.asarray([extra[int(rng.integers(len(extra)))]])
            inside |= np.isin(part, touched)
        atoms = np.flatnonzero(inside)
        if len(atoms) == size:
            return None
        size = len(atoms)
        window = graph.subgraph(atoms)
        if not rules.counts(int(window.load.sum())):
            continue
        for attempt in range(trees if ring < 8 else 3):
            labels = recut(window, rules, rng, greed=(8.0, 1.0, 0.0)[attempt % 3])
            if labels is not None:
                better = part.copy()
                better[atoms] = labels + graph.count + 1
                return better
    return None


def recut(graph: Graph, rules: Rules, rng: np.random.Generator, greed: float) -> Ints | None:
    """All atoms of a connected graph in new grids within bounds by one random tree, or None."""
    order, parent = spanning_tree(graph, rng, greed)
    if len(order) < graph.count:
        return None
    if rules.maximum <= _FINE:
        return cut_tree(order, parent, graph.load, rules, rng)
    # In coarse steps; whether it fits truly is looked at afterwards.
    step = -(-rules.maximum // _FINE)
    minimum, maximum = max(1, -(-rules.minimum // step)), rules.maximum // step
    if minimum > maximum:
        return None
    coarse = Rules(min(max(rules.target // step, minimum), maximum), minimum, maximum)
    labels = cut_tree(order, parent, np.rint(graph.load / step).astype(np.int64), coarse, rng)
    if labels is None:
        return None
    loads = np.bincount(labels, graph.load).astype(np.int64)
    return None if rules.excess(loads).any() else labels
