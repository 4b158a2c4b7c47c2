"""Dividing: components one by one, each from several starts, the best one kept."""

from dataclasses import dataclass, replace

import numpy as np

from gezhi.methods.divide.certificates import Certificate, explain, island, overfull
from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.measures import Measures, measure
from gezhi.methods.divide.refine import Aim, Schedule, cost, refine, renumbered
from gezhi.methods.divide.repair import repair
from gezhi.methods.divide.rules import Ints, Refused, Rules
from gezhi.methods.divide.start import connected, metis
from gezhi.methods.divide.windows import Windows

COMPACT = Aim()
EVEN = Aim(uneven=60.0)

# Effort: moves per atom of each of the two passes, windows per grid, moves per atom in a window.
# Above `_LARGE` atoms the effort per atom falls, so that a whole district stays within a minute.
_TRIES = 250
_WINDOWS_PER_GRID = 5.0
_WINDOW_TRIES = 120
_LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Division:
    """The grid of every atom (from 0), its measures, and why bounds are broken where they are.

    Every grid out of bounds is explained by a certificate, or `proved` is false.
    """

    grid: Ints
    measures: Measures
    certificates: tuple[Certificate, ...]
    proved: bool


def divide(
    graph: Graph,
    rules: Rules | None = None,
    *,
    aim: Aim = COMPACT,
    seed: int = 0,
    starts: int = 2,
) -> Division:
    """Divide connected ground into grids within bounds, with the least cut weight.

    Each connected component is divided by itself; a component that cannot hold the bounds is
    divided as well as it can be and explained. The same seed gives the same division. Raises
    `Refused` with code `no_load` when there is nothing to count at all.
    """
    rules = rules or Rules()
    if not graph.count or not int(graph.load.sum()):
        raise Refused("no_load")
    rng = np.random.default_rng(seed)
    grid = np.full(graph.count, -1, dtype=np.int64)
    certificates: list[Certificate] = []
    proved = True
    following = 0
    components = graph.components()
    order = np.argsort(components, kind="stable")
    for atoms in np.split(order, np.flatnonzero(np.diff(components[order])) + 1):
        part, reasons, known = _component(graph, atoms, rules, aim, rng, starts)
        grid[atoms] = part + following
        following += int(part.max()) + 1
        certificates.extend(reasons)
        proved &= known
    grid = renumbered(grid)
    return Division(grid, measure(graph, grid, rules), tuple(certificates), proved)


def _component(
    graph: Graph, atoms: Ints, rules: Rules, aim: Aim, rng: np.random.Generator, starts: int
) -> tuple[Ints, list[Certificate], bool]:
    inner = graph.subgraph(atoms)
    total = int(inner.load.sum())
    giants = np.flatnonzero(inner.load > rules.maximum)
    reasons = [overfull(int(atoms[a]), int(inner.load[a])) for a in giants]
    if not len(giants) and not rules.counts(total):
        reasons.append(island(atoms, total))
        if total < rules.minimum:
            return np.zeros(len(atoms), dtype=np.int64), reasons, True
    if len(giants):
        part = _around_giants(inner, giants, rules, aim, rng, starts)
    else:
        part = best_of_starts(inner, rules, aim, rng, starts)
    load = np.bincount(part, inner.load).astype(np.int64)
    bad = np.flatnonzero(rules.excess(load))
    excused = set(part[giants].tolist())
    known = True
    if not (reasons and not len(giants)):
        for grid in bad.tolist():
            if grid in excused:
                continue
            reason = explain(inner, np.flatnonzero(part == grid), rules)
            if reason is None:
                known = False
            else:
                reasons.append(replace(reason, atoms=tuple(int(atoms[a]) for a in reason.atoms)))
    return part, reasons, known


def _around_giants(
    graph: Graph, giants: Ints, rules: Rules, aim: Aim, rng: np.random.Generator, starts: int
) -> Ints:
    """Giants stand alone; what is left between them is divided, or joined to one if too little."""
    rest = np.setdiff1d(np.arange(graph.count), giants)
    part = np.full(graph.count, -1, dtype=np.int64)
    part[giants] = np.arange(len(giants))
    following = len(giants)
    if not len(rest):
        return part
    inner = graph.subgraph(rest)
    components = inner.components()
    matrix = graph.matrix()
    for number in range(int(components.max()) + 1):
        atoms = rest[components == number]
        piece = graph.subgraph(atoms)
        if rules.counts(int(piece.load.sum())):
            inside = best_of_starts(piece, rules, aim, rng, starts)
            part[atoms] = inside + following
            following += int(inside.max()) + 1
        else:
            bond = np.asarray(matrix[atoms][:, giants].sum(axis=0)).ravel()
            part[atoms] = int(bond.argmax())
    return part


def best_of_starts(
    graph: Graph, rules: Rules, aim: Aim, rng: np.random.Generator, starts: int
) -> Ints:
    """A connected graph divided from METIS, refined as a whole and then window by window."""
    wanted = rules.best_count(int(graph.load.sum()))
    seed = int(rng.integers(1 << 30))
    tried = []
    for number in range(starts):
        part = repair(graph, connected(graph, metis(graph, wanted, seed + number)), rules, rng)
        tried.append((cost(graph, part, rules, aim), number, part))
    best = min(tried)[2]
    effort = min(1.0, _LARGE / graph.count)
    tries = max(1, round(_TRIES * effort))
    # Hot and lenient first, so that whole borders can wander; then cold and strict.
    loose = Schedule(tries, hot=20.0, cold=5.0, broken=25.0, outside=1.0)
    part = refine(graph, best, rules, aim, loose, rng)
    part = refine(graph, part, rules, aim, Schedule(tries, hot=8.0), rng)
    part = repair(graph, part, rules, rng)
    if cost(graph, best, rules, aim) < cost(graph, part, rules, aim):
        part = best
    grids = int(part.max()) + 1
    if grids > 1:
        near = max(0, round(0.01 * wanted - 0.5))
        counts = range(wanted - near, wanted + near + 1)
        windows = Windows(graph, part, rules, aim, Schedule(_WINDOW_TRIES, hot=14.0), rng, counts)
        windows.improve(round(_WINDOWS_PER_GRID * grids * effort) + 20)
        part = renumbered(windows.part)
    return part
