"""Real census geometry: fl25 (its optimum is known) and the blocks of Memphis.

    python -m benchmarks.divide.census fl25 --seeds 100
    python -m benchmarks.divide.census memphis

Both read `../shared/data/census` from the project's root and say so where it is absent.
"""

import argparse
import gzip
import json
import pathlib
import time

import numpy as np
import shapely
from shapely.geometry import shape

from benchmarks.divide import checker, picture
from gezhi.methods import divide
from gezhi.methods.divide.start import connected, metis

DATA = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data" / "census"
# The least greatest deviation among all 117,688 divisions of fl25 into three.
OPTIMUM = 0.007187


def fl25(seeds: int) -> None:
    """Three districts as even as can be, from every seed."""
    features = json.loads((DATA / "fl25.geojson").read_text())["features"]
    places = [shape(feature["geometry"]) for feature in features]
    people = np.asarray([feature["properties"]["pop"] for feature in features])
    goal = people.sum() / 3
    rules = divide.Rules(round(goal), int(goal * 0.9), int(goal * 1.1))
    ground = divide.survey(places)
    graph = divide.graph_of(ground.pairs, ground.weights, people)
    rows = []
    for seed in range(seeds):
        began, worked = time.perf_counter(), time.process_time()
        grid = divide.divide(graph, rules, aim=divide.EVENEST, seed=seed).grid
        seconds, worked = time.perf_counter() - began, time.process_time() - worked
        worst = float(np.abs(np.bincount(grid, people) / goal - 1).max())
        assert int(grid.max()) == 2
        rows.append((worst, seconds, worked))
    worst, seconds, worked = np.asarray(rows).T
    reached = int((worst <= OPTIMUM + 5e-7).sum())
    print(
        f"fl25: {reached} of {seeds} seeds reach {OPTIMUM}; worst deviation {worst.max():.6f};"
        f" seconds mean {seconds.mean():.2f} max {seconds.max():.2f}, of processor max"
        f" {worked.max():.2f}"
    )


def memphis(pictures: pathlib.Path | None) -> None:
    """10,393 blocks, 667 to 1,333 people a grid."""
    with gzip.open(DATA / "memphis_population.geojson.gz", "rt") as file:
        features = json.load(file)["features"]
    places = [shape(feature["geometry"]) for feature in features]
    people = np.asarray([feature["properties"]["population"] for feature in features])
    rules = divide.Rules(1000, 667, 1333)
    began = time.perf_counter()
    ground = divide.survey(places)
    graph = divide.graph_of(ground.pairs, ground.weights, people)
    surveyed = time.perf_counter() - began
    wanted = rules.best_count(int(people.sum()))
    for seed in range(5):
        part = metis(graph, wanted, seed)
        load = np.bincount(part, people, wanted).astype(int)
        print(
            f"METIS seed {seed}: out of bounds {int((rules.excess(load) > 0).sum())}, of these"
            f" empty {int((np.bincount(part, minlength=wanted) == 0).sum())}, cut"
            f" {divide.measure(graph, part, rules).cut}"
        )
    began = time.perf_counter()
    division = divide.divide(graph, rules)
    seconds = time.perf_counter() - began
    none = np.full(len(people), -1)
    found = checker.examine(
        ground.pairs, ground.weights, people, none, division.grid, rules.minimum, rules.maximum
    )
    polygons = divide.tile(ground, division.grid)
    polygons = ground.plane.into(polygons)
    areas = shapely.area(polygons)
    roundness = 4 * np.pi * areas / shapely.length(polygons) ** 2
    print(
        f"ours: people {people.sum()}, atoms {len(people)}, blocks above the maximum"
        f" {int((people > rules.maximum).sum())}; survey {surveyed:.1f} s, division {seconds:.1f} s;"
        f" {division.measures}; out of bounds {len(found.outside)}, apart {found.apart},"
        f" certificates {[c.kind for c in division.certificates]}, proved {division.proved};"
        f" Polsby-Popper mean {roundness.mean():.3f}"
    )

    if pictures:
        rough = connected(graph, metis(graph, wanted, 0))
        drawn = ground.plane.into(divide.tile(ground, rough))
        bad = np.flatnonzero(rules.excess(np.bincount(rough, people).astype(np.int64)))
        whole = [shapely.union_all(polygons)]
        for name, shapes, red in (
            ("before", whole, []),
            ("metis", drawn, bad.tolist()),
            ("ours", polygons, found.outside),
        ):
            picture.draw(
                pictures / f"memphis-{name}.png", list(shapes), ground.points, people, bad=red
            )


def main() -> None:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=["fl25", "memphis"])
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--pictures", type=pathlib.Path)
    options = parser.parse_args()
    if not DATA.exists():
        print(f"skipped: {DATA.name} data are not here")
    elif options.which == "fl25":
        fl25(options.seeds)
    else:
        memphis(options.pictures)


if __name__ == "__main__":
    main()
