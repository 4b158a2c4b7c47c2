"""The demo street: its communities, METIS, and the grids of the method, drawn.

python -m benchmarks.divide.demo --pictures docs/methods/divide
"""

import argparse
import pathlib
import time

import numpy as np
import shapely

from benchmarks.divide import checker, picture
from benchmarks.divide.shanghai import metis_by_component
from gezhi.faces.terminal.demo.town import town_of
from gezhi.methods import divide


def main() -> None:
    """Divide the street three ways and say what each is worth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=pathlib.Path)
    options = parser.parse_args()
    town = town_of()
    rows = [
        (building.shape, building.households, number)
        for number, compound in enumerate(town.compounds)
        for building in compound.buildings
    ]
    places = [row[0] for row in rows]
    load = np.asarray([row[1] for row in rows])
    compound = np.asarray([row[2] for row in rows])
    roads = {
        kind: [road.line for road in town.roads if road.kind == kind]
        for kind in ("arterial", "street", "lane")
    }
    water = [site.shape for site in town.sites if site.kind == "river"]
    borders = list(town.communities.values())
    began = time.perf_counter()
    ground = divide.survey(
        places, borders=borders, compound=compound, roads=roads, barriers=water, geographic=True
    )
    graph = divide.graph_of(ground.pairs, ground.weights, load, compound=ground.compound)
    print(
        f"demo street: communities {len(borders)}, buildings {len(places)}, households"
        f" {load.sum()}; survey {time.perf_counter() - began:.2f} s"
    )
    lines = [
        (ground.plane.into(np.asarray(roads["lane"], dtype=object)), "#dddddd", 1),
        (ground.plane.into(np.asarray(roads["street"], dtype=object)), "#bbbbbb", 1),
        (ground.plane.into(np.asarray(roads["arterial"], dtype=object)), "#e0a030", 3),
        (ground.plane.into(np.asarray(water, dtype=object)), "#4f94cd", 2),
    ]
    began = time.perf_counter()
    proposals = divide.propose(graph)
    print(f"two proposals: {time.perf_counter() - began:.2f} s")
    ways = {
        "before": ground.community,
        "metis": metis_by_component(graph, divide.Rules()),
        "ours": proposals["compact"].grid,
        "even": proposals["even"].grid,
    }
    for name, grid in ways.items():
        polygons = ground.plane.into(divide.tile(ground, grid))
        found = checker.examine(ground.pairs, ground.weights, load, compound, grid, 200, 400)
        totals = np.bincount(grid, load)
        roundness = (4 * np.pi * shapely.area(polygons) / shapely.length(polygons) ** 2).mean()
        print(
            f"{name}: grids {len(polygons)}, out of bounds {len(found.outside)}, apart {found.apart},"
            f" households {totals.min():.0f}-{totals.max():.0f}, CV"
            f" {totals.std() / totals.mean():.3f}, cut {found.cut}, pieces {found.pieces}"
            f" ({found.pieces_bound}), Polsby-Popper {roundness:.3f}"
        )
        if options.pictures:
            picture.draw(
                options.pictures / f"demo-{name}.png",
                list(polygons),
                ground.points,
                load,
                bad=found.outside if name != "before" else (),
                lines=lines,
                width=760,
            )
    print("explained:", [c.kind for c in proposals["compact"].certificates])


if __name__ == "__main__":
    main()
