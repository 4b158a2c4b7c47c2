"""Layouts to divide, drawn at random: streets, blocks, compounds, buildings, stairwells.

Written apart from the method: nothing here imports it. Coordinates are metres.
"""

import itertools
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


@dataclass
class Layout:
    """One community (or a whole quarter) as a surveyor would hand it over."""

    kind: str
    places: list[BaseGeometry]
    households: np.ndarray
    people: np.ndarray
    compound: np.ndarray
    border: BaseGeometry
    roads: dict[str, list[BaseGeometry]] = field(default_factory=dict)
    barriers: list[BaseGeometry] = field(default_factory=list)


KINDS = ("ordinary", "lumpy", "strip", "island", "river", "empty")


def town(seed: int, blocks_wide: int, blocks_high: int, kind: str = "ordinary") -> Layout:
    """A town of blocks about 260 m × 230 m; every fourth street is an arterial.

    A block holds one to three compounds, rows of buildings with 1 to 3 stairwells each of 12 to
    36 households; one compound in eight is small shops with flats above.
    """
    rng = np.random.default_rng(seed)
    xs = np.concatenate([[0.0], np.cumsum(rng.uniform(220, 300, blocks_wide))])
    ys = np.concatenate([[0.0], np.cumsum(rng.uniform(190, 270, blocks_high))])
    spots: list[tuple[float, float]] = []
    homes: list[int] = []
    kin: list[int] = []
    compounds = 0
    for column in range(blocks_wide):
        for row in range(blocks_high):
            west, east = xs[column] + 12, xs[column + 1] - 12
            south, north = ys[row] + 12, ys[row + 1] - 12
            for left, right in _slices(west, east, int(rng.integers(1, 4)), rng):
                small = rng.random() < 0.12
                for x, y, load in _compound(left, right, south, north, small, rng):
                    spots.append((x, y))
                    homes.append(load)
                    kin.append(compounds)
                compounds += 1
    roads: dict[str, list[BaseGeometry]] = {"arterial": [], "street": []}
    for i, x in enumerate(xs[1:-1], start=1):
        roads["arterial" if i % 4 == 0 else "street"].append(
            shapely.LineString([(x, -1), (x, ys[-1] + 1)])
        )
    for i, y in enumerate(ys[1:-1], start=1):
        roads["arterial" if i % 4 == 0 else "street"].append(
            shapely.LineString([(-1, y), (xs[-1] + 1, y)])
        )
    layout = _layout(kind, spots, homes, kin, shapely.box(0, 0, xs[-1], ys[-1]), rng)
    layout.roads = roads
    return layout


def _slices(
    west: float, east: float, count: int, rng: np.random.Generator
) -> list[tuple[float, float]]:
    cuts = np.sort(rng.uniform(0.3, 0.7, count - 1)) if count > 1 else np.asarray([])
    marks = np.concatenate([[0.0], cuts, [1.0]]) * (east - west) + west
    return [(float(a) + 3, float(b) - 3) for a, b in itertools.pairwise(marks) if b - a > 30]


def _compound(
    west: float, east: float, south: float, north: float, small: bool, rng: np.random.Generator
) -> list[tuple[float, float, int]]:
    """Stairwells of one compound: x, y, households."""
    out = []
    gap = rng.uniform(26, 44)
    flats = int(rng.integers(12, 37))
    for y in np.arange(south + 8, north - 6, gap):
        for x in np.arange(west + 10, east - 6, rng.uniform(34, 60)):
            if rng.random() < 0.06:
                continue
            if small:
                out.append((float(x), float(y), int(rng.integers(1, 9))))
                continue
            stairs = 1 + int(rng.random() < 0.4) + int(rng.random() < 0.12)
            for stair in range(stairs):
                load = max(2, round(flats * rng.uniform(0.8, 1.2)))
                out.append((float(x + 11 * stair), float(y + rng.normal(0, 1)), load))
    return out


def _layout(
    kind: str,
    spots: list[tuple[float, float]],
    homes: list[int],
    kin: list[int],
    border: BaseGeometry,
    rng: np.random.Generator,
) -> Layout:
    households = np.asarray(homes, dtype=np.int64)
    people = np.rint(households * rng.uniform(2.2, 3.2, len(households))).astype(np.int64)
    return Layout(
        kind,
        [shapely.Point(x, y) for x, y in spots],
        households,
        people,
        np.asarray(kin, dtype=np.int64),
        border,
    )


def lumpy(seed: int) -> Layout:
    """A small town where a quarter of the atoms are towers not split by stairs: 120 to 380."""
    rng = np.random.default_rng((seed, 1))
    layout = _small(seed, "lumpy")
    towers = rng.random(len(layout.places)) < 0.25
    layout.households[towers] = rng.integers(120, 381, int(towers.sum()))
    return layout


def strip(seed: int) -> Layout:
    """A village along one road: small houses in two or three rows, no compounds."""
    rng = np.random.default_rng((seed, 2))
    spots, homes = [], []
    x = 0.0
    bend = rng.uniform(-0.3, 0.3)
    while x < rng.uniform(1500, 5000):
        x += rng.uniform(9, 22)
        for side in (-1, 1, 2):
            if rng.random() < (0.9 if side != 2 else 0.35):
                spots.append((x, side * rng.uniform(12, 18) + bend * x / 4))
                homes.append(int(rng.integers(1, 6)))
    ends = shapely.MultiPoint(spots).convex_hull.buffer(40)
    layout = _layout("strip", spots, homes, [-1] * len(spots), ends, rng)
    layout.roads = {"lane": [shapely.LineString([(-60, 0), (x + 60, bend * (x + 60) / 4)])]}
    return layout


def island(seed: int) -> Layout:
    """A small town with a few houses on an island that a ring of water parts from the rest."""
    rng = np.random.default_rng((seed, 3))
    layout = _small(seed, "island")
    west, south, east, north = layout.border.bounds
    center = (rng.uniform(west, east), rng.uniform(south, north))
    water = shapely.Point(center).buffer(rng.uniform(60, 260)).exterior
    layout.barriers = [water.buffer(6) if rng.random() < 0.5 else water]
    return _dry(layout)


def river(seed: int) -> Layout:
    """A small town cut by a winding river from one edge to the other."""
    rng = np.random.default_rng((seed, 4))
    layout = _small(seed, "river")
    west, south, east, north = layout.border.bounds
    xs = np.linspace(west - 10, east + 10, 12)
    middle = rng.uniform(south + 0.25 * (north - south), north - 0.25 * (north - south))
    ys = middle + np.cumsum(rng.normal(0, 25, 12))
    line = shapely.LineString(np.column_stack([xs, ys]))
    layout.barriers = [line.buffer(8) if rng.random() < 0.5 else line]
    return _dry(layout)


def _dry(layout: Layout) -> Layout:
    """The layout without what would stand in the water."""
    water = shapely.union_all(layout.barriers).buffer(4)
    dry = ~shapely.intersects(water, np.asarray(layout.places))
    layout.places = [place for place, stands in zip(layout.places, dry, strict=True) if stands]
    layout.households = layout.households[dry]
    layout.people = layout.people[dry]
    layout.compound = layout.compound[dry]
    return layout


def empty(seed: int) -> Layout:
    """A small town where a third of the buildings hold no household: shops, schools, garages."""
    rng = np.random.default_rng((seed, 5))
    layout = _small(seed, "empty")
    layout.households[rng.random(len(layout.places)) < 0.35] = 0
    return layout


def _small(seed: int, kind: str) -> Layout:
    rng = np.random.default_rng((seed, 6))
    return town(seed, int(rng.integers(1, 4)), int(rng.integers(1, 4)), kind)


def drawn(number: int) -> Layout:
    """Layout `number` of the mixed series: the six kinds in turn."""
    kind = KINDS[number % len(KINDS)]
    if kind == "ordinary":
        return _small(number, kind)
    return {"lumpy": lumpy, "strip": strip, "island": island, "river": river, "empty": empty}[kind](
        number
    )
