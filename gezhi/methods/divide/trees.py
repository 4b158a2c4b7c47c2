"""Cutting a spanning tree into grids within bounds, decided exactly for that tree.

Sets of reachable loads are bits of one integer: bit s of a node's set says that everything below
it can be cut into grids within bounds so that the open rest at the node weighs s.
"""

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules


def spanning_tree(graph: Graph, rng: np.random.Generator, greed: float) -> tuple[Ints, Ints]:
    """A random spanning tree of a connected graph: (order from the root, parent by atom).

    Strong links are the more likely in it the greater `greed` (0: all alike).
    """
    draws = rng.random(len(graph.indices))
    sources = graph.sources
    # Both directions of a link get the same number.
    key = np.minimum(sources, graph.indices) * graph.count + np.maximum(sources, graph.indices)
    _, inverse = np.unique(key, return_inverse=True)
    cost = 0.01 + draws[inverse] + greed / (1.0 + graph.weights)
    tree = minimum_spanning_tree(
        csr_matrix((cost, graph.indices, graph.indptr), shape=(graph.count, graph.count))
    )
    root = int(rng.integers(graph.count))
    order, parent = breadth_first_order(tree, root, directed=False)
    return order.astype(np.int64), parent.astype(np.int64)


def cut_tree(
    order: Ints, parent: Ints, load: Ints, rules: Rules, rng: np.random.Generator
) -> Ints | None:
    """Grids within bounds whose borders cut tree links only, or None when this tree has none.

    Among the ways there are one is drawn at random, leaning to loads near the target.
    """
    loads: list[int] = load.tolist()
    parents: list[int] = parent.tolist()
    sequence: list[int] = order.tolist()
    mask = (1 << (rules.maximum + 1)) - 1
    closed = mask & ~((1 << rules.minimum) - 1)
    reach = [0] * len(loads)
    # For each node, in the order its children were added: (child, set before the child).
    added: list[list[tuple[int, int]]] = [[] for _ in loads]
    for node in sequence:
        reach[node] = (1 << loads[node]) & mask
    for node in reversed(sequence[1:]):
        above = parents[node]
        before, below = reach[above], reach[node]
        if not before or not below:
            return None
        added[above].append((node, before))
        after = before if below & closed else 0
        after |= _sums(before, below) & mask
        reach[above] = after
    root = sequence[0]
    if not reach[root] & closed:
        return None
    return _labels(sequence, reach, added, closed, rules, rng)


def _sums(first: int, second: int) -> int:
    if first.bit_count() < second.bit_count():
        first, second = second, first
    out = 0
    while second:
        low = second & -second
        out |= first << (low.bit_length() - 1)
        second ^= low
    return out


def _drawn(options: int, rules: Rules, rng: np.random.Generator) -> int:
    """One set bit, leaning to the target."""
    bits = [i for i, bit in enumerate(bin(options)[:1:-1]) if bit == "1"]
    goal = rng.normal(rules.target, (rules.maximum - rules.minimum) / 6)
    return min(bits, key=lambda bit: abs(bit - goal))


def _labels(
    sequence: list[int],
    reach: list[int],
    added: list[list[tuple[int, int]]],
    closed: int,
    rules: Rules,
    rng: np.random.Generator,
) -> Ints:
    label = [-1] * len(reach)
    wanted = [0] * len(reach)
    root = sequence[0]
    wanted[root] = _drawn(reach[root] & closed, rules, rng)
    label[root] = 0
    grids = 1
    for node in sequence:
        left = wanted[node]
        for child, before in reversed(added[node]):
            # Loads the child may hand up so that the children before it make up the rest.
            joined = _differences(before, reach[child], left)
            may_cut = bool(reach[child] & closed) and bool(before >> left & 1)
            if may_cut and (not joined or rng.random() < 0.5):
                wanted[child] = _drawn(reach[child] & closed, rules, rng)
                label[child] = grids
                grids += 1
            else:
                wanted[child] = joined[int(rng.integers(len(joined)))]
                label[child] = label[node]
                left -= wanted[child]
    return np.asarray(label, dtype=np.int64)


def _differences(before: int, child: int, left: int) -> list[int]:
    """The loads s of the child with left - s reachable before it."""
    out = []
    rest = child & ((1 << (left + 1)) - 1)
    while rest:
        low = rest & -rest
        load = low.bit_length() - 1
        if before >> (left - load) & 1:
            out.append(load)
        rest ^= low
    return out
