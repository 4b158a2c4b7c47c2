"""Dividing: components one by one, each from several starts, the best one kept."""

from dataclasses import dataclass, replace

import numpy as np

from gezhi.methods.divide.certificates import Certificate, covered, explain, island, knot, overfull
from gezhi.methods.divide.even import evened
from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.measures import Measures, measure
from gezhi.methods.divide.refine import Aim, Schedule, cost, refine, renumbered
from gezhi.methods.divide.repair import recut, repair
from gezhi.methods.divide.rules import Ints, Refused, Rules
from gezhi.methods.divide.start import connected, metis
from gezhi.methods.divide.sweep import WIDTHS, settled
from gezhi.methods.divide.today import adjust, follows, moved
from gezhi.methods.divide.windows import Windows

COMPACT = Aim()
EVEN = Aim(uneven=400.0)
EVENEST = Aim(uneven=60.0, piece=0.0, cut=0)

# Effort: METIS seeds looked at, moves per atom of each of the two passes, windows per grid, moves per atom in a window.
# Above `_LARGE` atoms the effort per atom falls, so that a whole district stays within a minute.
_STARTS = 2
_TRIES = 250
_WINDOWS_PER_GRID = 5.0
_WINDOW_TRIES = 120
_LARGE = 10_000
# Where shape does not count and atoms are few, all splits of pairs are looked at, this often.
_FEW = 60
_RESTARTS = 5
# Trees tried in each neighbourhood before bounds are given up.
_INSIST = 100
_LAST = 3000


@dataclass(frozen=True, slots=True)
class Division:
    """The grid of every atom (from 0), its measures, and why bounds are broken where they are.

    Every grid out of bounds is explained by a certificate, or `proved` is false. `follows` is
    the one of today's grids that lives on in each grid (-1: new) and `moved` the households that
    change theirs.
    """

    grid: Ints
    measures: Measures
    certificates: tuple[Certificate, ...]
    proved: bool
    follows: Ints
    moved: int


@dataclass(frozen=True, slots=True)
class _Task:
    """What one run of `divide` carries down to its components."""

    rules: Rules
    aim: Aim
    rng: np.random.Generator
    effort: float
    keep: bool


def divide(
    graph: Graph,
    rules: Rules | None = None,
    *,
    aim: Aim = COMPACT,
    seed: int = 0,
    effort: float = 1.0,
    today: Ints | None = None,
    keep: bool = False,
) -> Division:
    """Divide connected ground into grids within bounds, with the least cut weight.

    Each connected component is divided by itself; a component that cannot hold the bounds is
    divided as well as it can be and explained. `today` is the present grid of each atom (-1: a
    new one) to compare with; with `keep` it is also what the division starts from, and only what
    breaks the bounds is changed. The same seed gives the same division. `effort` scales the work
    of refinement (1: about 2 ms an atom). Raises `Refused`: `no_load` when there is nothing to
    count at all, `today` when that does not name a grid or -1 for each atom.
    """
    rules = rules or Rules()
    if not graph.count or not int(graph.load.sum()):
        raise Refused("no_load")
    if today is not None and len(today) != graph.count:
        raise Refused("today", atoms=graph.count, given=len(today))
    task = _Task(rules, aim, np.random.default_rng(seed), effort, keep and today is not None)
    grid = np.full(graph.count, -1, dtype=np.int64)
    certificates: list[Certificate] = []
    proved = True
    following = 0
    components = graph.components()
    order = np.argsort(components, kind="stable")
    for atoms in np.split(order, np.flatnonzero(np.diff(components[order])) + 1):
        inner = graph.subgraph(atoms)
        part = _component(inner, task, today[atoms] if today is not None else None)
        reasons, known = _reasons(inner, part, rules)
        grid[atoms] = part + following
        following += int(part.max()) + 1
        certificates += [replace(r, atoms=tuple(int(atoms[a]) for a in r.atoms)) for r in reasons]
        proved &= known
    grid = renumbered(grid)
    measures = measure(graph, grid, rules)
    if today is None:
        today = np.full(graph.count, -1, dtype=np.int64)
    return Division(
        grid,
        measures,
        tuple(certificates),
        proved,
        follows(grid, today, graph.load),
        moved(grid, today, graph.load),
    )


def _component(graph: Graph, task: _Task, today: Ints | None) -> Ints:
    total = int(graph.load.sum())
    if total < task.rules.minimum:
        return np.zeros(graph.count, dtype=np.int64)
    giants = np.flatnonzero(graph.load > task.rules.maximum)
    if len(giants):
        return _around_giants(graph, giants, task, today)
    return _sound(graph, task, today)


def _sound(graph: Graph, task: _Task, today: Ints | None) -> Ints:
    """A connected graph without giants."""
    kept = None
    if task.keep and today is not None and (today >= 0).any():
        kept = _insisted(graph, adjust(graph, today, task.rules, task.rng), task)
        if not _outside(graph, kept, task.rules):
            return kept
    fresh = best_of_starts(graph, task.rules, task.aim, task.rng, task.effort)
    fresh = _insisted(graph, fresh, task)
    # Bounds come before today's grids, but a fresh division that holds no more is no reason.
    if kept is not None and _outside(graph, kept, task.rules) <= _outside(graph, fresh, task.rules):
        return kept
    return fresh


def _outside(graph: Graph, part: Ints, rules: Rules) -> int:
    """How many grids are out of bounds."""
    return int((rules.excess(np.bincount(part, graph.load).astype(np.int64)) > 0).sum())


def _insisted(graph: Graph, part: Ints, task: _Task) -> Ints:
    """More trees, and all ways there are where atoms are few, for grids still out of bounds."""
    if not _outside(graph, part, task.rules):
        return part
    part = repair(graph, part, task.rules, task.rng, trees=_INSIST)
    if _outside(graph, part, task.rules):
        whole = covered(graph, task.rules)
        if whole is None and graph.count <= _FEW:
            # A total that only just can be shared (403 in two) wants very many trees.
            for _ in range(_LAST):
                whole = recut(graph, task.rules, task.rng, greed=0.0)
                if whole is not None:
                    break
        if whole is None:
            whole = _swept(graph, part, task.rules)
        if whole is not None:
            cold = Schedule(_TRIES, hot=2.0)
            better = refine(graph, whole, task.rules, task.aim, cold, task.rng)
            return whole if _outside(graph, better, task.rules) else better
    return part


def _swept(graph: Graph, part: Ints, rules: Rules) -> Ints | None:
    """A division within bounds by a sweep, wide only where nothing explains the grids outside."""
    found = settled(graph, rules, WIDTHS[:1])
    if found.part is None and not found.complete and not _explained(graph, part, rules):
        found = settled(graph, rules, WIDTHS[1:])
    return found.part


def _explained(graph: Graph, part: Ints, rules: Rules) -> bool:
    """Whether some grid out of bounds has a proof, so that no division is within them."""
    load = np.bincount(part, graph.load).astype(np.int64)
    outside = np.flatnonzero(rules.excess(load)).tolist()
    return any(knot(graph, np.flatnonzero(part == grid), rules) for grid in outside)


def _around_giants(graph: Graph, giants: Ints, task: _Task, today: Ints | None) -> Ints:
    """Giants stand alone; what is left between them is divided, or joined to one if too little."""
    rest = np.setdiff1d(np.arange(graph.count), giants)
    part = np.full(graph.count, -1, dtype=np.int64)
    part[giants] = np.arange(len(giants))
    following = len(giants)
    if not len(rest):
        return part
    components = graph.subgraph(rest).components()
    matrix = graph.matrix()
    for number in range(int(components.max()) + 1):
        atoms = rest[components == number]
        piece = graph.subgraph(atoms)
        if task.rules.counts(int(piece.load.sum())):
            inside = _sound(piece, task, today[atoms] if today is not None else None)
            part[atoms] = inside + following
            following += int(inside.max()) + 1
        else:
            bond = np.asarray(matrix[atoms][:, giants].sum(axis=0)).ravel()
            part[atoms] = int(bond.argmax())
    return part


def _reasons(graph: Graph, part: Ints, rules: Rules) -> tuple[list[Certificate], bool]:
    """Why grids of a component are out of bounds, and whether every one of them is explained."""
    whole = np.arange(graph.count)
    total = int(graph.load.sum())
    giants = np.flatnonzero(graph.load > rules.maximum)
    reasons = [overfull(int(atom), int(graph.load[atom])) for atom in giants]
    if not len(giants) and not rules.counts(total):
        return [island(whole, total)], True
    excused = set(part[giants].tolist())
    load = np.bincount(part, graph.load).astype(np.int64)
    known = True
    for grid in np.flatnonzero(rules.excess(load)).tolist():
        if grid in excused:
            continue
        reason = _reason(graph, np.flatnonzero(part == grid), rules)
        known &= reason is not None
        if reason is not None:
            reasons.append(reason)
    return reasons, known


def _reason(graph: Graph, atoms: Ints, rules: Rules) -> Certificate | None:
    """A proof about a grid without a giant, from the ground between giants that it lies in."""
    ground = np.flatnonzero(graph.load <= rules.maximum)
    pieces = graph.subgraph(ground).components()
    piece = ground[pieces == pieces[np.searchsorted(ground, atoms[0])]]
    inner = np.searchsorted(piece, atoms).astype(np.int64)
    found = explain(graph.subgraph(piece), inner, rules)
    if found is None:
        return None
    return replace(found, atoms=tuple(int(piece[a]) for a in found.atoms))


def best_of_starts(
    graph: Graph, rules: Rules, aim: Aim, rng: np.random.Generator, effort: float
) -> Ints:
    """A connected graph divided from METIS, refined as a whole and then window by window."""
    wanted = rules.best_count(int(graph.load.sum()))
    seed = int(rng.integers(1 << 30))
    tried = []
    for number in range(_STARTS):
        part = repair(graph, connected(graph, metis(graph, wanted, seed + number)), rules, rng)
        tried.append((cost(graph, part, rules, aim), number, part))
    best = min(tried)[2]
    effort *= min(1.0, _LARGE / graph.count)
    tries = max(1, round(_TRIES * effort))
    # Hot and lenient first, so that whole borders can wander; then cold and strict.
    loose = Schedule(tries, hot=20.0, cold=5.0, broken=25.0, outside=1.0)
    part = refine(graph, best, rules, aim, loose, rng)
    part = refine(graph, part, rules, aim, Schedule(tries, hot=8.0), rng)
    part = repair(graph, part, rules, rng)
    if cost(graph, best, rules, aim) < cost(graph, part, rules, aim):
        part = best
    grids = int(part.max()) + 1
    if not aim.cut and graph.count <= _FEW:
        part = evened(graph, part, rules, aim, rng, _RESTARTS)
    elif grids > 1:
        near = max(0, round(0.01 * wanted - 0.5))
        counts = range(wanted - near, wanted + near + 1)
        windows = Windows(graph, part, rules, aim, Schedule(_WINDOW_TRIES, hot=14.0), rng, counts)
        windows.improve(round((_WINDOWS_PER_GRID * grids + 20) * effort))
        part = renumbered(windows.part)
    return part
