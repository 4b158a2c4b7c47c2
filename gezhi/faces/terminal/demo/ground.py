"""The ground of the demo town: river, roads and blocks, in metres round the middle of the street.

Pure geometry from one seed. Arterials part the street into its communities; each community is cut
by streets and lanes until the blocks between them are as large as blocks of the old city are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import affinity
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

Points = npt.NDArray[np.float64]

# The corner points of the street's edge and of the arterials, metres east and north.
_NORTH = [(-780, 640), (-250, 668), (310, 700), (800, 742)]
_EAST = [(800, 742), (842, 300), (836, -120), (868, -520)]
_RIVER = [
    (-780, 640), (-762, 420), (-800, 180), (-786, -90), (-716, -330), (-590, -500),
    (-380, -604), (-140, -640), (120, -618), (380, -560), (620, -548), (868, -520),
]  # fmt: skip
_ACROSS = [(-900, 10), (-420, 42), (40, 30), (480, 70), (920, 84)]
_DOWN_WEST = [(-268, 800), (-262, 380), (-226, 20), (-236, -330), (-262, -760)]
_DOWN_EAST = [(298, 820), (292, 420), (318, 40), (300, -300), (330, -720)]

WIDTHS = {"arterial": 34.0, "street": 18.0, "lane": 9.0}
RIVER_WIDTH = 46.0
_BANK = 20.0  # greenway between water and riverside road
_BLOCK_AREA = (11_000.0, 24_000.0)


@dataclass(frozen=True, slots=True)
class Road:
    """A road's middle line, its class (arterial, street, lane) and what it is to be called after."""

    line: LineString
    kind: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """River, greenway, roads and the blocks between them, with the outline and the communities."""

    outline: Polygon
    communities: tuple[Polygon, ...]
    roads: tuple[Road, ...]
    river: BaseGeometry
    greenway: BaseGeometry
    blocks: tuple[Polygon, ...]


def smooth(points: Sequence[tuple[float, float]], rounds: int = 4) -> LineString:
    """A soft curve through the run of the points (Chaikin), its ends kept."""
    line: Points = np.asarray(points, dtype=float)
    for _round in range(rounds):
        before, after = line[:-1], line[1:]
        cut = np.stack([before * 0.75 + after * 0.25, before * 0.25 + after * 0.75], axis=1)
        line = np.vstack([line[:1], cut.reshape(-1, 2), line[-1:]])
    return LineString(line)


def ground_of(rng: np.random.Generator) -> Ground:
    """The ground this generator draws; the same seed draws the same ground."""
    north, east, river = smooth(_NORTH), smooth(_EAST), smooth(_RIVER)
    outline = shapely.polygonize([north, east, river]).geoms[0]
    arterials = [smooth(_ACROSS), smooth(_DOWN_WEST), smooth(_DOWN_EAST)]
    noded = shapely.unary_union([outline.boundary, *arterials])
    communities = tuple(
        sorted(
            (face for face in shapely.polygonize([noded]).geoms if outline.covers(face.representative_point())),
            key=_reading_order,
        )
    )  # fmt: skip
    # With the points in it where the arterials leave the street.
    outline = shapely.coverage_union_all(communities)
    bank = _riverside(river, outline)
    roads = [
        Road(north, "arterial", "north"),
        Road(east, "arterial", "east"),
        Road(_within(arterials[0], outline), "arterial", "across"),
        Road(_within(arterials[1], outline), "arterial", "west"),
        Road(_within(arterials[2], outline), "arterial", "middle"),
        Road(bank, "street", "river"),
    ]
    for community in communities:
        roads.extend(_cuts(community, rng, depth=0))
    water = river.buffer(RIVER_WIDTH / 2).intersection(outline)
    paved = shapely.union_all(
        [road.line.buffer(WIDTHS[road.kind] / 2, cap_style="flat") for road in roads]
    )
    wet = river.buffer(RIVER_WIDTH / 2 + _BANK + WIDTHS["street"] / 2)
    greenway = wet.intersection(outline).difference(shapely.union_all([water, paved]))
    land = outline.difference(shapely.union_all([paved, wet]))
    return Ground(outline, communities, tuple(roads), water, greenway, _blocks(land))


def _reading_order(face: Polygon) -> tuple[int, float]:
    return (0 if face.centroid.y > 0 else 1, face.centroid.x)


def _within(line: LineString, outline: Polygon) -> LineString:
    return _longest(line.intersection(outline.buffer(1.5)))


def _longest(shape: BaseGeometry) -> LineString:
    merged = shapely.line_merge(shape) if shape.geom_type != "LineString" else shape
    lines = [part for part in shapely.get_parts(merged) if part.geom_type == "LineString"]
    return max(lines, key=lambda part: part.length)


def _riverside(river: LineString, outline: Polygon) -> LineString:
    offset = RIVER_WIDTH / 2 + _BANK + WIDTHS["street"] / 2
    side = _longest(river.buffer(offset).boundary.intersection(outline.buffer(-1)))
    return LineString(side.simplify(2.0).coords)


def _cuts(face: Polygon, rng: np.random.Generator, depth: int) -> list[Road]:
    """Cut a face across its longer side, again and again, until blocks are block-sized."""
    largest = float(rng.uniform(*_BLOCK_AREA))
    if face.area < largest * 1.45:
        return []
    line = _cut(face, rng)
    halves = [part for part in shapely.get_parts(split(face, line)) if part.area > 1]
    if len(halves) < 2:
        return []
    kind = "street" if depth < 2 or face.area > 90_000 else "lane"
    # A little beyond the middle of the roads it ends on, so that they cross and do not just touch.
    roads = [Road(_longest(line.intersection(face.buffer(1.5))), kind)]
    for half in halves:
        roads.extend(_cuts(half, rng, depth + 1))
    return roads


def _cut(face: Polygon, rng: np.random.Generator) -> LineString:
    """A slightly bent line across the face, near its middle and square to its longer side."""
    box = np.asarray(face.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = [box[1] - box[0], box[2] - box[1]]
    long = sides[0] if np.hypot(*sides[0]) >= np.hypot(*sides[1]) else sides[1]
    middle = np.asarray(face.minimum_rotated_rectangle.centroid.coords[0])
    through = middle + long * float(rng.uniform(-0.09, 0.09))
    turn = float(rng.normal(0.0, 0.05))
    across = np.array([-long[1], long[0]]) / np.hypot(*long)
    across = np.array(
        [
            across[0] * np.cos(turn) - across[1] * np.sin(turn),
            across[0] * np.sin(turn) + across[1] * np.cos(turn),
        ]
    )
    reach = float(np.hypot(*(box[2] - box[0])))
    bend = long / np.hypot(*long) * float(rng.normal(0.0, 0.02)) * reach
    return smooth(
        [tuple(through - across * reach), tuple(through + bend), tuple(through + across * reach)]
    )


def _blocks(land: BaseGeometry) -> tuple[Polygon, ...]:
    """Pieces of land with corners as round as kerbs are; scraps stay pavement."""
    blocks: list[Polygon] = []
    for piece in shapely.get_parts(land):
        soft = piece.buffer(-7.0).buffer(7.0).simplify(0.4)
        blocks.extend(
            part for part in shapely.get_parts(soft)
            if part.geom_type == "Polygon" and part.area > 1_500
        )  # fmt: skip
    return tuple(sorted(blocks, key=_snake))


def _snake(block: Polygon) -> tuple[int, float]:
    middle = block.centroid
    return (-round(middle.y / 120), middle.x)


def axis_of(shape: Polygon) -> float:
    """The direction (degrees, -45 to 45) of the side that lies nearest to east–west."""
    box = np.asarray(shape.minimum_rotated_rectangle.exterior.coords)
    run = box[1] - box[0]
    angle = float(np.degrees(np.arctan2(run[1], run[0])))
    return (angle + 45) % 90 - 45


def turned(shape: Any, angle: float, about: Any) -> Any:
    """The shape turned by degrees about a point."""
    return affinity.rotate(shape, angle, origin=about)
