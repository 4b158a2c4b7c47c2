"""Keeping today's grids: people keep their grid worker unless the bounds force a change."""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import linear_sum_assignment

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.refine import Aim, Schedule, cost, refine, renumbered
from gezhi.methods.divide.repair import recut, repair
from gezhi.methods.divide.rules import Ints, Rules
from gezhi.methods.divide.start import connected

# A household that changes its grid weighs as much as a quarter of a link within a block.
_STAY = Aim(move=1.0)
_TREES = 6


def follows(part: Ints, today: Ints, load: Ints) -> Ints:
    """For each grid of `part`, the grid of `today` that lives on in it, -1 for a new one.

    Each of today's grids lives on in at most one; together they keep the most households.
    """
    count = int(part.max()) + 1
    known = today >= 0
    olds = np.unique(today[known])
    shared = np.zeros((count, len(olds)))
    # An empty building still speaks for its grid, very softly.
    np.add.at(shared, (part[known], np.searchsorted(olds, today[known])), load[known] + 0.001)
    rows, columns = linear_sum_assignment(shared, maximize=True)
    out = np.full(count, -1, dtype=np.int64)
    real = shared[rows, columns] > 0
    out[rows[real]] = olds[columns[real]]
    return out


def moved(part: Ints, today: Ints, load: Ints) -> int:
    """Households whose grid is another than today; new ones do not count."""
    known = today >= 0
    return int(load[known & (follows(part, today, load)[part] != today)].sum())


def adjust(graph: Graph, today: Ints, rules: Rules, rng: np.random.Generator) -> Ints:
    """Today's division of a connected graph, changed only as far as bounds and ties force it.

    `today` is -1 for atoms that are new. A new group of buildings large enough makes grids of its
    own, a smaller one joins its neighbours; a grid out of bounds first exchanges with one
    neighbour, then with more.
    """
    part = _pieces(graph, _with_new(graph, today, rules, rng))
    home = part.copy()
    hopeless: set[int] = set()
    while True:
        load = np.bincount(part, graph.load).astype(np.int64)
        first = np.unique(part, return_index=True)[1]
        bad = [
            g for g in np.flatnonzero(rules.excess(load)).tolist() if int(first[g]) not in hopeless
        ]
        if not bad:
            break
        grid = max(bad, key=lambda g: int(rules.excess(load)[g]))
        better = _mended(graph, part, home, grid, rules, rng)
        if better is None:
            hopeless.add(int(first[grid]))
        else:
            part = renumbered(better)
    return repair(graph, part, rules, rng)


def _with_new(graph: Graph, today: Ints, rules: Rules, rng: np.random.Generator) -> Ints:
    """New atoms placed: own grids for groups that make whole ones, else the best neighbour."""
    part = today.copy()
    fresh = np.flatnonzero(today < 0)
    following = int(today.max(initial=-1)) + 1
    if len(fresh):
        lumps = graph.subgraph(fresh).components()
        for number in range(int(lumps.max()) + 1):
            atoms = fresh[lumps == number]
            inner = graph.subgraph(atoms)
            if not rules.counts(int(inner.load.sum())):
                continue
            for attempt in range(_TREES):
                labels = recut(inner, rules, rng, greed=(8.0, 1.0, 0.0)[attempt % 3])
                if labels is not None:
                    labels = refine(inner, labels, rules, Aim(), Schedule(100, hot=14.0), rng)
                    part[atoms] = labels + following
                    following += int(labels.max()) + 1
                    break
    load = np.bincount(part[part >= 0], graph.load[part >= 0], following)
    while (part < 0).any():
        options = []
        for atom in np.flatnonzero(part < 0).tolist():
            row = slice(graph.indptr[atom], graph.indptr[atom + 1])
            grids, weights = part[graph.indices[row]], graph.weights[row]
            for grid in np.unique(grids[grids >= 0]).tolist():
                fits = load[grid] + graph.load[atom] <= rules.maximum
                options.append((bool(fits), int(weights[grids == grid].sum()), -atom, grid))
        if not options:
            # Nothing of today touches what is left: it is one grid of its own to begin with.
            part[part < 0] = following
            break
        _, _, atom, grid = max(options)
        part[-atom] = grid
        load[grid] += graph.load[-atom]
    return part


def _pieces(graph: Graph, part: Ints) -> Ints:
    """Grids that no longer hang together come apart."""
    return renumbered(connected(graph, part))


def _mended(
    graph: Graph, part: Ints, home: Ints, grid: int, rules: Rules, rng: np.random.Generator
) -> Ints | None:
    """The part with this grid within bounds, at the least change; None when no try did it."""
    for windows in _neighbourhoods(graph, part, grid):
        found: list[tuple[int, float, int, Ints, Ints]] = []
        for chosen in windows:
            atoms = np.flatnonzero(np.isin(part, chosen))
            window = graph.subgraph(atoms)
            old = np.searchsorted(np.asarray(chosen), part[atoms])
            broken = int((rules.excess(np.bincount(old, window.load).astype(np.int64)) > 0).sum())
            for labels in _candidates(window, old, rules, rng):
                loads = np.bincount(labels, window.load).astype(np.int64)
                if int((rules.excess(loads) > 0).sum()) < broken:
                    stayed = moved(labels, home[atoms], window.load)
                    found.append(
                        (stayed, cost(window, labels, rules, Aim()), len(found), atoms, labels)
                    )
        if found:
            _, _, _, atoms, labels = min(found, key=lambda item: item[:3])
            better = part.copy()
            better[atoms] = labels + int(part.max()) + 1
            return better
    return None


def _neighbourhoods(graph: Graph, part: Ints, grid: int) -> Iterator[list[list[int]]]:
    """Windows to mend in: the grid alone, with one neighbour, with two, with all."""
    inside = part[graph.sources] == grid
    around = [g for g in np.unique(part[graph.indices[inside]]).tolist() if g != grid]
    yield [[grid], *(sorted([grid, g]) for g in around)]
    yield [sorted([grid, g, h]) for i, g in enumerate(around) for h in around[i + 1 : i + 5]]
    yield [sorted([grid, *around])]


def _candidates(window: Graph, old: Ints, rules: Rules, rng: np.random.Generator) -> Iterator[Ints]:
    """Other divisions of a window: exchanged, joined, cut anew along trees."""
    grids = int(old.max()) + 1
    total = int(window.load.sum())
    if grids > 1:
        yield refine(window, old, rules, _STAY, Schedule(60, hot=10.0), rng, home=old)
    if rules.minimum <= total <= rules.maximum:
        yield np.zeros(window.count, dtype=np.int64)
    if rules.counts(total):
        for attempt in range(_TREES):
            labels = recut(window, rules, rng, greed=(8.0, 1.0, 0.0)[attempt % 3])
            if labels is not None:
                yield refine(window, labels, rules, Aim(), Schedule(40, hot=6.0), rng)
