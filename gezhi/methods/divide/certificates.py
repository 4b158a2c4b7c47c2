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

    The neighbourhood grows ring by ring while the search stays small.
    """
    core = set(atoms.tolist())
    for _ in range(4):
        search = _Cover(graph, rules)
        if search.impossible(core):
            named = tuple(sorted(core))
            return Certificate("knot", named, int(graph.load[list(named)].sum()))
        if search.spent:
            return None
        wider = core | {
            int(b)
            for a in core
            for b in graph.indices[graph.indptr[a] : graph.indptr[a + 1]]
        }
        if wider == core:
            return None
        core = wider
    return None


class _Cover:
    """Search for disjoint connected sets within bounds that cover given atoms."""

    def __init__(self, graph: Graph, rules: Rules) -> None:
        self.rules = rules
        self.load: list[int] = graph.load.tolist()
        self.beside = [
            graph.indices[graph.indptr[a] : graph.indptr[a + 1]].tolist()
            for a in range(graph.count)
        ]
        self.looked = 0

    @property
    def spent(self) -> bool:
        return self.looked > _LIMIT

    def impossible(self, core: set[int]) -> bool:
        """True only when no cover exists; False when one does or the search was given up."""
        return self._fails(frozenset(core), frozenset()) and not self.spent

    def _fails(self, open_atoms: frozenset[int], used: frozenset[int]) -> bool:
        if not open_atoms:
            return False
        # Heavy atoms have the fewest partners.
        first = max(open_atoms, key=lambda a: (self.load[a], a))
        for chosen in self._sets(first, used):
            if self.spent or not self._fails(open_atoms - chosen, used | chosen):
                return False
        return not self.spent

    def _sets(self, first: int, used: frozenset[int]) -> list[frozenset[int]]:
        """All connected sets within bounds around an atom that avoid used atoms."""
        found: list[frozenset[int]] = []
        stack: list[tuple[frozenset[int], int, frozenset[int]]] = [
            (frozenset((first,)), self.load[first], used)
        ]
        while stack and not self.spent:
            inside, total, barred = stack.pop()
            self.looked += 1
            if total > self.rules.maximum:
                continue
            if total >= self.rules.minimum:
                found.append(inside)
            barred_here = set(barred)
            rim = sorted(
                {b for a in inside for b in self.beside[a]} - inside - barred
            )
            for atom in rim:
                stack.append(
                    (inside | {atom}, total + self.load[atom], frozenset(barred_here))
                )
                barred_here.add(atom)
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
