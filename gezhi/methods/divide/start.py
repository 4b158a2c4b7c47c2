"""Where refinement begins: METIS k-way, and grids made compound by compound."""

import numpy as np
import pymetis
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules

# METIS keeps a part between target/1.3 and 1.3 × target: 230 to 390 of 300 households. Its
# default of 30 leaves grids out of bounds and cuts a quarter more.
_SLACK = 300


def metis(graph: Graph, grids: int, seed: int) -> Ints:
    """METIS k-way of a connected graph, as METIS left it: parts may be empty or out of bounds."""
    if grids < 2 or not int(graph.load.sum()):
        return np.zeros(graph.count, dtype=np.int64)
    if grids >= graph.count:
        return np.arange(graph.count, dtype=np.int64)
    _, part = pymetis.part_graph(
        grids,
        xadj=graph.indptr.tolist(),
        adjncy=graph.indices.tolist(),
        vweights=graph.load.tolist(),
        eweights=graph.weights.tolist(),
        recursive=False,
        options=pymetis.Options(ufactor=_SLACK, seed=seed, contig=1),
    )
    return np.asarray(part, dtype=np.int64)


def connected(graph: Graph, part: Ints) -> Ints:
    """The same division with every grid that fell apart split into its pieces."""
    inner = part[graph.sources] == part[graph.indices]
    links = csr_matrix(
        (np.ones(int(inner.sum())), (graph.sources[inner], graph.indices[inner])),
        shape=(graph.count, graph.count),
    )
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def by_compound(graph: Graph, rules: Rules, seed: int) -> Ints:
    """Connected grids that follow compounds: large ones cut inside, small ones joined.

    First compounds (and loose atoms, each by itself) are joined, strongest links first, until
    every group can make whole grids within bounds; then METIS cuts each group.
    """
    group = connected(graph, _compound_labels(graph))
    group = _joined(graph, group, rules)
    out = np.empty(graph.count, dtype=np.int64)
    offset = 0
    order = np.argsort(group, kind="stable")
    for atoms in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        inner = graph.subgraph(atoms)
        part = metis(inner, rules.best_count(int(inner.load.sum())), seed)
        part = connected(inner, part)
        out[atoms] = part + offset
        offset += int(part.max()) + 1
    return out


def _compound_labels(graph: Graph) -> Ints:
    loose = graph.compound < 0
    labels = graph.compound.copy()
    labels[loose] = graph.compound.max(initial=-1) + 1 + np.arange(int(loose.sum()))
    return labels


def _joined(graph: Graph, group: Ints, rules: Rules) -> Ints:
    """Join groups until each total admits a number of grids, lightest group first."""
    loads = np.bincount(group, graph.load).astype(np.int64).tolist()
    outer = group[graph.sources] != group[graph.indices]
    links: list[dict[int, int]] = [{} for _ in loads]
    for first, second, weight in zip(
        group[graph.sources[outer]].tolist(),
        group[graph.indices[outer]].tolist(),
        graph.weights[outer].tolist(),
        strict=True,
    ):
        links[first][second] = links[first].get(second, 0) + weight
    into = list(range(len(loads)))
    waiting = sorted((g for g in into if not rules.counts(loads[g])), key=lambda g: loads[g])
    while waiting:
        here = waiting.pop(0)
        if into[here] != here or rules.counts(loads[here]) or not links[here]:
            continue
        # The neighbour that ends inside the bounds and holds on most strongly.
        best = max(
            links[here],
            key=lambda g: (bool(rules.counts(loads[g] + loads[here])), links[here][g], -loads[g]),
        )
        into[here] = best
        loads[best] += loads[here]
        for other, weight in links[here].items():
            links[other].pop(here, None)
            if other != best:
                links[best][other] = links[best].get(other, 0) + weight
                links[other][best] = links[other].get(best, 0) + weight
        if not rules.counts(loads[best]):
            waiting.append(best)
            waiting.sort(key=lambda g: loads[g])
    for here in range(len(into)):
        while into[into[here]] != into[here]:
            into[here] = into[into[here]]
    return np.asarray(into, dtype=np.int64)[group]
