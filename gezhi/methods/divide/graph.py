"""Atoms and their links as plain arrays."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from gezhi.methods.divide.rules import Floats, Ints, Refused


@dataclass(frozen=True, slots=True)
class Graph:
    """An undirected graph of atoms in compressed rows; every link stands in both rows.

    `weights[j]` is what it costs to part the two ends (20 inside a compound, 4 inside a block,
    less across a road); a link that a river, a railway, a wall or a community border cuts is
    simply not there. `load` is what the bounds count, `workload` what should be even, `compound`
    is -1 for an atom that belongs to none.
    """

    indptr: Ints
    indices: Ints
    weights: Ints
    load: Ints
    workload: Floats
    compound: Ints

    @property
    def count(self) -> int:
        return len(self.load)

    @property
    def sources(self) -> Ints:
        """The row of every entry of `indices`."""
        return np.repeat(np.arange(self.count), np.diff(self.indptr))

    def even_work(self) -> Floats:
        """The workload scaled to sum to the load, so that both have one target."""
        total = float(self.workload.sum())
        return self.workload * (float(self.load.sum()) / total) if total else self.workload

    def links(self, factor: int = 1) -> list[list[tuple[int, int]]]:
        """For every atom its neighbours and link weights (times `factor`) as plain pairs."""
        pairs = list(zip(self.indices.tolist(), (self.weights * factor).tolist(), strict=True))
        ends = self.indptr.tolist()
        return [pairs[a:b] for a, b in itertools.pairwise(ends)]

    def matrix(self) -> csr_matrix:
        return csr_matrix((self.weights, self.indices, self.indptr), shape=(self.count, self.count))

    def components(self) -> Ints:
        """The connected component of every atom, numbered from 0."""
        return np.asarray(connected_components(self.matrix(), directed=False)[1], dtype=np.int64)

    def subgraph(self, atoms: Ints) -> "Graph":
        """The graph among these atoms, renumbered in the order given."""
        part = self.matrix()[atoms][:, atoms].tocsr()
        part.sort_indices()
        return Graph(
            part.indptr.astype(np.int64),
            part.indices.astype(np.int64),
            part.data.astype(np.int64),
            self.load[atoms],
            self.workload[atoms],
            self.compound[atoms],
        )


def graph_of(
    pairs: Ints | Sequence[tuple[int, int]],
    weights: Ints | Sequence[int],
    load: Ints | Sequence[int],
    workload: Floats | None = None,
    compound: Ints | None = None,
) -> Graph:
    """Build a graph from `pairs` (m × 2, each link once or twice; the greatest weight counts).

    Raises `Refused`: `load` for a negative load, `links` for a pair outside the atoms or a weight
    below 1.
    """
    loads = np.asarray(load, dtype=np.int64)
    count = len(loads)
    ends = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    costs = np.asarray(weights, dtype=np.int64)
    if count and loads.min() < 0:
        raise Refused("load", atoms=np.flatnonzero(loads < 0).tolist())
    if len(ends) and (ends.min() < 0 or ends.max() >= count or costs.min() < 1):
        raise Refused("links")
    low, high = ends.min(axis=1), ends.max(axis=1)
    apart = low != high
    low, high, costs = low[apart], high[apart], costs[apart]
    order = np.lexsort((-costs, high, low))
    low, high, costs = low[order], high[order], costs[order]
    first = np.ones(len(low), dtype=bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, costs = low[first], high[first], costs[first]
    rows = coo_matrix(
        (
            np.concatenate([costs, costs]),
            (np.concatenate([low, high]), np.concatenate([high, low])),
        ),
        shape=(count, count),
    ).tocsr()
    rows.sort_indices()
    return Graph(
        rows.indptr.astype(np.int64),
        rows.indices.astype(np.int64),
        rows.data.astype(np.int64),
        loads,
        loads.astype(np.float64) if workload is None else np.asarray(workload, dtype=np.float64),
        np.full(count, -1, dtype=np.int64)
        if compound is None
        else np.asarray(compound, dtype=np.int64),
    )
