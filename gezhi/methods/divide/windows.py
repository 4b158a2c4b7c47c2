"""Improvement window by window: a few neighbouring grids made anew, kept when better."""

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.refine import Aim, Schedule, cost, refine
from gezhi.methods.divide.repair import recut
from gezhi.methods.divide.rules import Ints, Rules


class Windows:
    """A division under improvement; `part` is always whole, connected and as lawful as it was."""

    def __init__(
        self,
        graph: Graph,
        part: Ints,
        rules: Rules,
        aim: Aim,
        schedule: Schedule,
        rng: np.random.Generator,
        counts: range,
    ) -> None:
        self.graph, self.rules, self.aim, self.rng = graph, rules, aim, rng
        self.schedule, self.counts = schedule, counts
        self.part = part.copy()
        grids = int(part.max()) + 1
        order = np.argsort(part, kind="stable")
        cuts = np.flatnonzero(np.diff(part[order])) + 1
        self.members: dict[int, Ints] = dict(enumerate(np.split(order, cuts)))
        self.following = grids
        self.place = np.full(graph.count, -1, dtype=np.int64)

    def improve(self, windows: int) -> None:
        """Try that many windows, around every grid in turn."""
        queue: list[int] = []
        for _ in range(windows):
            while not queue or queue[-1] not in self.members:
                if queue:
                    queue.pop()
                else:
                    queue = self.rng.permutation(list(self.members)).tolist()
            self._try(self._chosen(queue.pop()))

    def _chosen(self, grid: int) -> list[int]:
        """A grid with one to four of its neighbours, strongly tied ones rather."""
        graph, chosen = self.graph, [grid]
        for _ in range(int(self.rng.integers(1, 5))):
            ties: dict[int, int] = {}
            for atom in np.concatenate([self.members[g] for g in chosen]).tolist():
                row = slice(graph.indptr[atom], graph.indptr[atom + 1])
                for there, weight in zip(
                    self.part[graph.indices[row]].tolist(), graph.weights[row].tolist(), strict=True
                ):
                    if there not in chosen:
                        ties[there] = ties.get(there, 0) + weight
            if not ties:
                break
            names = list(ties)
            pull = np.sqrt(np.asarray([ties[name] for name in names], dtype=np.float64))
            chosen.append(names[int(self.rng.choice(len(names), p=pull / pull.sum()))])
        return chosen

    def _try(self, chosen: list[int]) -> None:
        if len(chosen) < 2:
            return
        atoms = np.concatenate([self.members[g] for g in chosen])
        window = self._cut_out(atoms)
        old = np.repeat(np.arange(len(chosen)), [len(self.members[g]) for g in chosen])
        start = old
        gain = 0.0
        off = self._off(len(self.members))
        if off or self.rng.random() < 0.3:
            anew = recut(window, self.rules, self.rng, greed=float(self.rng.choice([8.0, 1.0])))
            if anew is None:
                return
            start = anew
            change = self._off(len(self.members) - len(chosen) + int(start.max()) + 1) - off
            if change > 0:
                return
            gain = -50.0 * change
        new = refine(window, start, self.rules, self.aim, self.schedule, self.rng)
        before = cost(window, old, self.rules, self.aim)
        if cost(window, new, self.rules, self.aim) < before + gain - 1e-9:
            self._put(chosen, atoms, new)

    def _off(self, grids: int) -> int:
        """How far a number of grids lies outside the wanted ones."""
        return max(0, self.counts[0] - grids, grids - self.counts[-1])

    def _put(self, chosen: list[int], atoms: Ints, new: Ints) -> None:
        for grid in chosen:
            del self.members[grid]
        for number in range(int(new.max()) + 1):
            inside = atoms[new == number]
            self.members[self.following] = inside
            self.part[inside] = self.following
            self.following += 1

    def _cut_out(self, atoms: Ints) -> Graph:
        graph, place = self.graph, self.place
        place[atoms] = np.arange(len(atoms))
        degree = graph.indptr[atoms + 1] - graph.indptr[atoms]
        ends = np.cumsum(degree)
        entries = np.arange(int(ends[-1])) + np.repeat(graph.indptr[atoms] - ends + degree, degree)
        there = place[graph.indices[entries]]
        keep = there >= 0
        source = np.repeat(np.arange(len(atoms)), degree)[keep]
        indptr = np.zeros(len(atoms) + 1, dtype=np.int64)
        np.cumsum(np.bincount(source, minlength=len(atoms)), out=indptr[1:])
        place[atoms] = -1
        kinds = np.unique(graph.compound[atoms], return_inverse=True)[1].astype(np.int64)
        return Graph(
            indptr,
            there[keep],
            graph.weights[entries[keep]],
            graph.load[atoms],
            graph.workload[atoms],
            np.where(graph.compound[atoms] < 0, -1, kinds),
        )
