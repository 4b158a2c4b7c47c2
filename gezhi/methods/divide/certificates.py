"""Proofs that bounds cannot be held, small enough to be checked by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules
from gezhi.methods.divide.sweep import settled

# Sets looked at before a proof is given up.
_LIMIT = 60_000
# A component of at most this many atoms is looked at as a whole.
_WHOLE = 40


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why some grid must break the bounds.

    `kind` is `overfull` (one atom above the maximum), `island` (a component whose total no
    number of grids fits) or `knot` (the atoms named cannot all lie in grids within bounds,
    whatever is done elsewhere: every set of connected grids that covers them was tried).
    """

    kind: str
    atoms: tuple[int, ...]
    total: int


def overfull(atom: int, load: int) -> Certificate:
    """One atom that is more than a grid bears."""
    return Certificate("overfull", (atom,), load)


def island(atoms: Ints, total: int) -> Certificate:
    """A component whose total admits no number of grids."""
    return Certificate("island", tuple(int(a) for a in atoms), total)


def explain(graph: Graph, atoms: Ints, rules: Rules) -> Certificate | None:
    """A proof that these atoms or those around them cannot lie in grids within bounds, or None.

    The neighborhood is looked at first, then the whole graph where it is small enough to be
    swept. The graph must hold no atom above the maximum, which would be a reason for everything.
    """
    reason = knot(graph, atoms, rules)
    if reason is None and settled(graph, rules).impossible:
        return Certificate("knot", tuple(range(graph.count)), int(graph.load.sum()))
    return reason


def knot(graph: Graph, atoms: Ints, rules: Rules) -> Certificate | None:
    """A proof that the neighborhood of these atoms cannot be covered within bounds, or None.

    Single atoms are looked at first, then the atoms together, then ring by ring more of them,
    while the search stays small.
    """
    core = set(atoms.tolist())
    beside = _around(graph, core)
    groups = [{a} for a in sorted(core)] + [{a} for a in sorted(beside - core)] + [core]
    for _ in range(3):
        core = core | _around(graph, core)
        groups.append(core)
    if graph.count <= _WHOLE:
        groups.append(set(range(graph.count)))
    for number, group in enumerate(groups):
        if group in groups[:number]:
            continue
        if Cover(graph, rules).impossible(group):
            named = tuple(sorted(group))
            return Certificate("knot", named, int(graph.load[list(named)].sum()))
    return None


def _around(graph: Graph, atoms: set[int]) -> set[int]:
    return {int(b) for a in atoms for b in graph.indices[graph.indptr[a] : graph.indptr[a + 1]]}


class Cover:
    """Search for disjoint connected sets within bounds that cover given atoms.

    Sets of atoms are bits of one integer.
    """

    def __init__(self, graph: Graph, rules: Rules) -> None:
        self.rules = rules
        self.load: list[int] = graph.load.tolist()
        self.beside = [sum(1 << there for there, _ in row) for row in graph.links()]
        self.looked = 0
        self.chosen: list[int] = []

    @property
    def spent(self) -> bool:
        return self.looked > _LIMIT

    def impossible(self, core: set[int]) -> bool:
        """True only when no cover exists; False when one does or the search was given up."""
        return not self._covered(sum(1 << atom for atom in core), 0) and not self.spent

    def found(self, core: set[int]) -> list[list[int]] | None:
        """A cover of these atoms, or None when there is none or the search was given up."""
        if not self._covered(sum(1 << atom for atom in core), 0):
            return None
        return [list(_bits(mask)) for mask in self.chosen]

    def _covered(self, uncovered: int, used: int) -> bool:
        if not uncovered:
            return True
        if self.spent or not self._may_be_covered(uncovered, used):
            return False
        fewest: list[int] | None = None
        for atom in sorted(_bits(uncovered), key=lambda a: (-self.load[a], a))[:4]:
            ways = self._sets(atom, used, len(fewest) if fewest is not None else _LIMIT)
            if fewest is None or len(ways) < len(fewest):
                fewest = ways
            if not fewest or self.spent:
                break
        for mask in fewest or ():
            self.chosen.append(mask)
            if self._covered(uncovered & ~mask, used | mask):
                return True
            self.chosen.pop()
        return False

    def _may_be_covered(self, uncovered: int, used: int) -> bool:
        """Whether every piece of ground that is all still to be covered admits some grids."""
        rest = uncovered
        while rest:
            piece = rim = rest & -rest
            while rim:
                low = rim & -rim
                fresh = self.beside[low.bit_length() - 1] & ~used & ~piece
                piece |= fresh
                rim = (rim ^ low) | fresh
            rest &= ~piece
            whole = not piece & ~uncovered
            if whole and not self.rules.counts(sum(self.load[a] for a in _bits(piece))):
                return False
        return True

    def _sets(self, first: int, used: int, enough: int) -> list[int]:
        """Connected sets within bounds around an atom that avoid used atoms, up to `enough`."""
        found: list[int] = []
        maximum, minimum, load, beside = (
            self.rules.maximum,
            self.rules.minimum,
            self.load,
            self.beside,
        )
        stack = [(1 << first, load[first], used | 1 << first)]
        while stack and len(found) < enough and not self.spent:
            inside, total, barred = stack.pop()
            self.looked += 1
            if minimum <= total <= maximum:
                found.append(inside)
            rim = 0
            for atom in _bits(inside):
                rim |= beside[atom]
            for atom in _bits(rim & ~barred & ~inside):
                if total + load[atom] <= maximum:
                    barred |= 1 << atom
                    stack.append((inside | 1 << atom, total + load[atom], barred))
        return found


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def covered(graph: Graph, rules: Rules) -> Ints | None:
    """A division of a small connected graph within bounds by search, or None."""
    if graph.count > _WHOLE:
        return None
    sets = Cover(graph, rules).found(set(range(graph.count)))
    if sets is None:
        return None
    part = np.zeros(graph.count, dtype=np.int64)
    for grid, atoms in enumerate(sets):
        part[atoms] = grid
    return part


def holds(graph: Graph, certificate: Certificate, rules: Rules) -> bool:
    """Whether a certificate holds, from the graph alone."""
    atoms = np.asarray(certificate.atoms, dtype=np.int64)
    if certificate.kind == "overfull":
        return len(atoms) == 1 and int(graph.load[atoms[0]]) > rules.maximum
    if certificate.kind == "island":
        components = graph.components()
        whole = np.flatnonzero(components == components[atoms[0]])
        same = np.array_equal(np.sort(atoms), whole)
        return same and not rules.counts(int(graph.load[atoms].sum()))
    return Cover(graph, rules).impossible(set(atoms.tolist())) or _swept(graph, atoms, rules)


def _swept(graph: Graph, atoms: Ints, rules: Rules) -> bool:
    """Whether these are all atoms between giants and borders and a sweep proves them a knot."""
    ground = np.flatnonzero(graph.load <= rules.maximum)
    if not len(atoms) or not np.isin(atoms, ground).all():
        return False
    components = graph.subgraph(ground).components()
    whole = ground[components == components[np.searchsorted(ground, atoms[0])]]
    return (
        np.array_equal(np.sort(atoms), whole) and settled(graph.subgraph(whole), rules).impossible
    )
