"""Beside spopt's max-p on one layout in one run (needs spopt; a separate environment).

python -m benchmarks.divide.maxp --effort 0.1
"""

import argparse
import time
import warnings

import geopandas
import numpy as np
import shapely
from libpysal.weights import W
from spopt.region import MaxPHeuristic

from benchmarks.divide import checker, layouts
from gezhi.methods import divide


def line(
    name: str,
    layout: layouts.Layout,
    ground: divide.Survey,
    grid: np.ndarray,
    spent: tuple[float, float],
) -> None:
    """Every measure of one division, counted by the independent checker."""
    found = checker.examine(
        ground.pairs, ground.weights, layout.households, layout.compound, grid, 200, 400
    )
    load = np.bincount(grid, layout.households)
    polygons = divide.tile(ground, grid)
    roundness = (4 * np.pi * shapely.area(polygons) / shapely.length(polygons) ** 2).mean()
    arterials = shapely.union_all(layout.roads["arterial"])
    inside = shapely.buffer(polygons, -1.0)
    crossing = int(shapely.intersects(inside, arterials).sum())
    people = np.bincount(grid, layout.people)
    print(
        f"{name}: {spent[0]:.2f} s ({spent[1]:.2f} s of processor), grids {len(load)}, out of bounds {len(found.outside)}, apart"
        f" {found.apart}, cut {found.cut}, pieces {found.pieces} ({found.pieces_bound}), across an"
        f" arterial {crossing}, Polsby-Popper {roundness:.3f}, households"
        f" {load.min()}-{load.max()} CV {load.std() / load.mean():.3f}, people CV"
        f" {people.std() / people.mean():.3f}",
        flush=True,
    )


def main() -> None:
    """One town of about 3,000 buildings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--effort", type=float, default=0.1)
    parser.add_argument("--wide", type=int, default=10)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    layout = layouts.town(1, options.wide, 11)
    ground = divide.survey(
        layout.places, borders=[layout.border], compound=layout.compound, roads=layout.roads
    )
    graph = divide.graph_of(
        ground.pairs, ground.weights, layout.households, compound=ground.compound
    )
    for name, aim in (("ours compact", divide.COMPACT), ("ours even", divide.EVEN)):
        for effort in (options.effort, 1.0):
            began, worked = time.perf_counter(), time.process_time()
            grid = divide.divide(graph, aim=aim, effort=effort).grid
            spent = (time.perf_counter() - began, time.process_time() - worked)
            line(f"{name}, effort {effort}", layout, ground, grid, spent)
    beside: dict[int, list[int]] = {
        atom: graph.indices[graph.indptr[atom] : graph.indptr[atom + 1]].tolist()
        for atom in range(graph.count)
    }
    frame = geopandas.GeoDataFrame(
        {"households": layout.households, "people": layout.people}, geometry=layout.places
    )
    np.random.seed(0)
    began, worked = time.perf_counter(), time.process_time()
    model = MaxPHeuristic(frame, W(beside), ["people"], "households", 200, top_n=2)
    model.solve()
    spent = (time.perf_counter() - began, time.process_time() - worked)
    labels = np.unique(np.asarray(model.labels_), return_inverse=True)[1]
    line("spopt max-p", layout, ground, labels, spent)


if __name__ == "__main__":
    main()
