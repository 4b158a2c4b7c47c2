"""A real piece of Shanghai (OpenStreetMap), households guessed from footprint and height.

python -m benchmarks.divide.shanghai --pictures docs/methods/divide
"""

import argparse
import collections
import gzip
import json
import pathlib
import time
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from benchmarks.divide import checker, picture
from gezhi.methods import divide
from gezhi.methods.divide.start import connected, metis

DATA = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data" / "geometry"
# No household lives where the map names another use.
_NO_HOMES = {
    "commercial", "hotel", "retail", "bank", "office", "tower", "attraction", "transportation",
    "place_of_worship", "embassy", "communications_tower", "construction", "shop", "school",
    "arts_centre", "mall", "shed",
}  # fmt: skip
_ROADS = {
    "arterial": {"primary", "secondary", "trunk", "primary_link", "secondary_link", "trunk_link"},
    "street": {"tertiary", "residential", "unclassified", "tertiary_link"},
    "lane": {"service", "living_street"},
}


def _features(name: str) -> list[Any]:
    with gzip.open(DATA / f"shanghai_{name}.geojson.gz", "rt") as file:
        return list(json.load(file)["features"])


def households(feature: Any) -> int:
    """Floors of 3 m (six where no height is known), 100 m² of footprint to a home."""
    known = feature["properties"]
    if known["kind_detail"] in _NO_HOMES:
        return 0
    floors = max(1.0, (known["height"] or 18.0) / 3.0)
    return round(min(floors, 33.0) * float(known["area_m2"]) / 100.0)


def metis_by_component(graph: divide.Graph, rules: divide.Rules) -> np.ndarray:
    """METIS refuses ground in several pieces, so each piece is given to it by itself."""
    components = graph.components()
    out = np.zeros(graph.count, dtype=np.int64)
    following = 0
    for number in range(int(components.max()) + 1):
        atoms = np.flatnonzero(components == number)
        piece = graph.subgraph(atoms)
        part = connected(piece, metis(piece, rules.best_count(int(piece.load.sum())), 0))
        out[atoms] = part + following
        following += int(part.max()) + 1
    return out


def main() -> None:
    """Divide it by METIS and by the method; draw before, METIS and ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=pathlib.Path)
    options = parser.parse_args()
    if not DATA.exists():
        print(f"skipped: {DATA.name} data are not here")
        return
    features = _features("buildings_merged")
    places = [shape(feature["geometry"]) for feature in features]
    load = np.asarray([households(feature) for feature in features])
    roads: dict[str, list[Any]] = {name: [] for name in _ROADS}
    for feature in _features("roads"):
        for name, kinds in _ROADS.items():
            if feature["properties"].get("kind_detail") in kinds:
                roads[name].append(shape(feature["geometry"]))
    water = [
        shape(f["geometry"])
        for f in _features("water")
        if "Polygon" in f["geometry"]["type"] and (f["properties"].get("area") or 0) > 20_000
    ]
    rules = divide.Rules()
    began = time.perf_counter()
    ground = divide.survey(places, roads=roads, barriers=water)
    graph = divide.graph_of(ground.pairs, ground.weights, load)
    surveyed = time.perf_counter() - began
    rough = metis_by_component(graph, rules)
    began = time.perf_counter()
    division = divide.divide(graph, rules)
    divided = time.perf_counter() - began
    none = np.full(len(load), -1)
    print(
        f"Shanghai: buildings {len(places)}, households {load.sum()}, above the maximum"
        f" {int((load > rules.maximum).sum())}, components {int(graph.components().max()) + 1};"
        f" notes {[name for name, _ in ground.notes]}; survey {surveyed:.2f} s, division"
        f" {divided:.2f} s"
    )
    drawn = {}
    for name, grid in (("METIS, split where apart", rough), ("ours", division.grid)):
        found = checker.examine(ground.pairs, ground.weights, load, none, grid, 200, 400)
        polygons = divide.tile(ground, grid)
        plane = ground.plane.into(polygons)
        roundness = (4 * np.pi * shapely.area(plane) / shapely.length(plane) ** 2).mean()
        drawn[name] = (plane, found.outside)
        print(
            f"{name}: grids {len(polygons)}, out of bounds {len(found.outside)}, apart {found.apart},"
            f" cut {found.cut}, Polsby-Popper {roundness:.3f}"
        )
    reasons = [c.kind for c in division.certificates]
    print(
        f"explained: {collections.Counter(reasons)}, every one: {division.proved};"
        f" {division.measures}"
    )
    if options.pictures:
        lines = [
            (ground.plane.into(np.asarray(roads["lane"], dtype=object)), "#dddddd", 1),
            (ground.plane.into(np.asarray(roads["street"], dtype=object)), "#bbbbbb", 1),
            (ground.plane.into(np.asarray(roads["arterial"], dtype=object)), "#e0a030", 2),
            (ground.plane.into(np.asarray(water, dtype=object)), "#4f94cd", 2),
        ]
        whole = [shapely.union_all(drawn["ours"][0])]
        for name, polygons, bad in (
            ("before", whole, []),
            ("metis", *drawn["METIS, split where apart"]),
            ("ours", *drawn["ours"]),
        ):
            picture.draw(
                options.pictures / f"shanghai-{name}.png",
                list(polygons),
                ground.points,
                load,
                bad=bad,
                lines=lines,
            )


if __name__ == "__main__":
    main()
