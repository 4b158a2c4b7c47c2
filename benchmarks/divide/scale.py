"""A quarter of 3,000 buildings and a district of 30,000: time and cut beside METIS.

python -m benchmarks.divide.scale 3000
python -m benchmarks.divide.scale 30000
"""

import argparse
import os
import platform
import time

import numpy as np

from benchmarks.divide import checker, layouts
from gezhi.methods import divide
from gezhi.methods.divide.start import metis

SIZES = {3000: (10, 11), 30000: (32, 32)}


def measured(size: int, seed: int) -> None:
    """One town: METIS best of five, then the whole way of the method, counted independently."""
    layout = layouts.town(seed, *SIZES[size])
    # Stairwells of one building stand 11 m apart in a row.
    xy = np.asarray([place.coords[0] for place in layout.places])
    stairs = (np.abs(np.diff(xy[:, 0]) - 11) < 0.01) & (np.abs(np.diff(xy[:, 1])) < 8)
    began = time.perf_counter()
    ground = divide.survey(
        layout.places, borders=[layout.border], compound=layout.compound, roads=layout.roads
    )
    graph = divide.graph_of(
        ground.pairs, ground.weights, layout.households, compound=ground.compound
    )
    surveyed = time.perf_counter() - began
    rules = divide.Rules()
    wanted = rules.best_count(int(graph.load.sum()))
    rough = [divide.measure(graph, metis(graph, wanted, s), rules) for s in range(5)]
    best = min(rough, key=lambda found: found.cut)
    began, worked = time.perf_counter(), time.process_time()
    division = divide.divide(graph, rules, seed=seed)
    divided, worked = time.perf_counter() - began, time.process_time() - worked
    began = time.perf_counter()
    polygons = divide.tile(ground, division.grid)
    tiled = time.perf_counter() - began
    found = checker.examine(
        ground.pairs, ground.weights, layout.households, layout.compound, division.grid, 200, 400
    )
    print(
        f"seed {seed}: buildings {len(xy) - int(stairs.sum())}, atoms {graph.count}, households"
        f" {int(graph.load.sum())}, compounds {len(np.unique(layout.compound))}; METIS best of 5:"
        f" K {best.grids} out {best.outside} cut {best.cut} pieces"
        f" {best.pieces / best.pieces_bound:.3f} x bound; ours: K {division.measures.grids} out"
        f" {len(found.outside)} apart {found.apart} cut {found.cut} = {found.cut / best.cut:.4f} x"
        f" METIS, pieces {found.pieces} = {found.pieces / found.pieces_bound:.4f} x bound"
        f" {found.pieces_bound}, spread {division.measures.spread:.3f}; survey {surveyed:.2f} s +"
        f" division {divided:.2f} s ({worked:.2f} s of processor) + tiling {tiled:.2f} s; tiling error"
        f" {checker.tiling_error(list(polygons), layout.border):.1e}",
        flush=True,
    )


def main() -> None:
    """Run one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, choices=sorted(SIZES))
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    print(platform.machine(), "Python", platform.python_version(), "load", os.getloadavg())
    for seed in range(1, options.seeds + 1):
        measured(options.size, seed)


if __name__ == "__main__":
    main()
