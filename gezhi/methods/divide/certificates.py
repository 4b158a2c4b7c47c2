"""Proofs that bounds cannot be held, small enough to be checked by hand."""

from dataclasses import dataclass

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules

# Sets looked at before a proof is given up.
_LIMIT = 60_000


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
    """A proof that the neighbourhood of these atoms cannot be covered within bounds, or None.

    Single atoms are looked at first, then the atoms together, then ring by ring more of them,
    while the search stays small.
    """
    core = set(atoms.tolist())
    beside = {int(b) for a in core for b in graph.indices[graph.indptr[a] : graph.indptr[a + 1]]}
    groups = [{a} for a in sorted(core)] + [{a} for a in sorted(beside - core)] + [core]
    for _ in range(3):
        core = core | {
            int(b) for a in core for b in graph.indices[graph.indptr[a] : graph.indptr[a + 1]]
        }
        groups.append(core)
    for group in groups:
        if _Cover(graph, rules).impossible(group):
            named = tuple(sorted(group))
            return Certificate("knot", named, int(graph.load[list(named)].sum()))
    return None


class _Cover:
    """Search for disjoint connected sets within bounds that cover given atoms."""

    def __init__(self, graph: Graph, rules: Rules) -> None:
        self.rules = rules
        self.load: list[int] = graph.load.tolist()
        self.beside = [[there for there, _ in row] for row in graph.links()]
        self.looked = 0

    @property
    def spent(self) -> bool:
        return self.looked > _LIMIT

    def impossible(self, core: set[int]) -> bool:
        """True only when no cover exists; False when one does or the search was given up."""
        return self._fails(frozenset(core), frozenset()) and not self.spent

    def _fails(self, uncovered: frozenset[int], used: frozenset[int]) -> bool:
        if not uncovered:
            return False
        # The atom with the fewest ways to lie within bounds; one with none ends it at once.
        fewest: list[frozenset[int]] | None = None
        for atom in sorted(uncovered, key=lambda a: (-self.load[a], a)):
            ways = self._sets(atom, used, len(fewest) if fewest is not None else _LIMIT)
            if fewest is None or len(ways) < len(fewest):
                fewest = ways
            if not fewest or self.spent:
                break
        for chosen in fewest or ():
            if self.spent or not self._fails(uncovered - chosen, used | chosen):
                return False
        return not self.spent

    def _sets(self, first: int, used: frozenset[int], enough: int) -> list[frozenset[int]]:
        """Connected sets within bounds around an atom that avoid used atoms, up to `enough`."""
        found: list[frozenset[int]] = []
        maximum, minimum = self.rules.maximum, self.rules.minimum
        stack: list[tuple[frozenset[int], int, frozenset[int]]] = [
            (frozenset((first,)), self.load[first], used)
        ]
        while stack and len(found) < enough and not self.spent:
            inside, total, barred = stack.pop()
            self.looked += 1
            if minimum <= total <= maximum:
                found.append(inside)
            tried = set(barred)
            for atom in sorted({b for a in inside for b in self.beside[a]} - inside - barred):
                if total + self.load[atom] <= maximum:
                    stack.append((inside | {atom}, total + self.load[atom], frozenset(tried)))
                    tried.add(atom)
        return found


def check(graph: Graph, certificate: Certificate, rules: Rules) -> bool:
    """Whether a certificate holds, from the graph alone."""
    atoms = np.asarray(certificate.atoms, dtype=np.int64)
    if certificate.kind == "overfull":
        return len(atoms) == 1 and int(graph.load[atoms[0]]) > rules.maximum
    if certificate.kind == "island":
        components = graph.components()
        whole = np.flatnonzero(components == components[atoms[0]])
        same = np.array_equal(np.sort(atoms), whole)
        return same and not rules.counts(int(graph.load[atoms].sum()))
    return _Cover(graph, rules).impossible(set(atoms.tolist()))
