"""What a division is worth, counted afresh from atoms and links."""

from dataclasses import dataclass

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules
from gezhi.methods.divide.start import connected


@dataclass(frozen=True, slots=True)
class Measures:
    """`outside`: grids out of bounds; `apart`: grids that are not connected; `cut`: weight of the
    links between grids; `pieces`: compounds counted once per grid they reach into, and
    `pieces_bound` the least there can be; `spread` and `spread_work`: deviation of the load and of
    the workload over their mean (coefficient of variation); `worst`: greatest distance of a load
    from the target, over the target.
    """

    grids: int
    outside: int
    apart: int
    cut: int
    pieces: int
    pieces_bound: int
    spread: float
    spread_work: float
    worst: float
    lightest: int
    heaviest: int


def measure(graph: Graph, part: Ints, rules: Rules) -> Measures:
    """Count every measure of a division; nothing is taken over from its making."""
    if not graph.count:
        return Measures(0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0, 0)
    grids = int(part.max()) + 1
    load = np.bincount(part, graph.load, grids).astype(np.int64)
    work = np.bincount(part, graph.workload, grids)
    lumps = connected(graph, part)
    per_grid = np.bincount(part[np.unique(lumps, return_index=True)[1]], minlength=grids)
    across = part[graph.sources] != part[graph.indices]
    inside = graph.compound >= 0
    kinds = np.unique(np.stack([graph.compound[inside], part[inside]]), axis=1).shape[1]
    totals = np.bincount(graph.compound[inside], graph.load[inside])
    present = np.bincount(graph.compound[inside]) > 0
    return Measures(
        grids=grids,
        outside=int((rules.excess(load) > 0).sum()),
        apart=int((per_grid != 1).sum()),
        cut=int(graph.weights[across].sum()) // 2,
        pieces=kinds,
        pieces_bound=int(np.maximum(1, np.ceil(totals[present] / rules.maximum)).sum()),
        spread=_variation(load.astype(np.float64)),
        spread_work=_variation(work),
        worst=float(np.abs(load - rules.target).max() / rules.target),
        lightest=int(load.min()),
        heaviest=int(load.max()),
    )


def _variation(values: np.ndarray) -> float:
    mean = float(values.mean())
    return float(values.std() / mean) if mean else 0.0
