"""Where refinement begins: METIS k-way."""

import numpy as np
import pymetis
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints

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
        pymetis.CSRAdjacency(graph.indptr.tolist(), graph.indices.tolist()),
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
