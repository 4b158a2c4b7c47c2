"""Houses on a block: rows of walk-ups, mid-rises, towers, old courtyards, and public sites.

Houses stand square to the side of their block that lies nearest to east–west and keep the sun
distance of the local rules, about their own height for low houses and less for towers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import Polygon, box

from gezhi.faces.terminal.demo.ground import axis_of, turned


@dataclass(frozen=True, slots=True)
class House:
    """A building: footprint (metres), floors, stairwells, and dwellings on a floor of each."""

    footprint: Polygon
    floors: int
    stairwells: int
    per_floor: int
    shops: bool = False

    @property
    def first_floor(self) -> int:
        """The lowest floor people live on: shops keep the ground floor."""
        return 2 if self.shops else 1

    @property
    def households(self) -> int:
        return self.stairwells * self.per_floor * (self.floors - self.first_floor + 1)


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of compound is built; lengths in metres.

    `depth` of a house, `section` the length of one stairwell of it, `most` sections in a row,
    `gap` between ends, `sun` from wall to wall of rows, `margin` to the fence.
    """

    depth: float
    section: float
    most: int
    gap: float
    sun: float
    margin: float
    floors: tuple[int, ...]
    per_floor: tuple[int, ...]
    shops: float


STYLES: Final = {
    # 坊巷老院 before 1980, 单位宿舍 and 商品房 walk-ups to 2000, with lifts to 2010, towers since.
    "courtyard": Style(13.0, 15.0, 1, 5.0, 7.0, 3.0, (2, 2, 3), (2, 3), 0.3),
    "walk_up": Style(11.5, 19.0, 3, 9.0, 19.0, 5.0, (5, 6, 6, 7), (2, 2, 2), 0.35),
    "lift": Style(14.0, 25.0, 2, 13.0, 32.0, 8.0, (9, 11, 11, 12), (2, 3), 0.5),
    "tower": Style(21.0, 27.0, 1, 24.0, 44.0, 11.0, (17, 18, 22, 26), (3, 4), 0.0),
}


def houses_on(block: Polygon, style_name: str, rng: np.random.Generator) -> tuple[House, ...]:
    """The houses of one compound, from south-west to north-east; none on a block too small."""
    style = STYLES[style_name]
    angle = axis_of(block)
    about = block.centroid
    flat = turned(block, -angle, about)
    room = flat.buffer(-style.margin)
    if room.is_empty:
        return ()
    floors = int(rng.choice(style.floors))
    found = []
    for footprint, sections in _rows(room, style, rng):
        shaped = _shaped(footprint, style_name, rng)
        found.append(
            House(
                footprint=turned(shaped, angle, about),
                floors=floors if rng.random() < 0.7 else int(rng.choice(style.floors)),
                stairwells=sections,
                per_floor=int(rng.choice(style.per_floor)),
                shops=bool(rng.random() < style.shops) and _near_edge(footprint, flat),
            )
        )
    return tuple(found)


def _rows(room: Any, style: Style, rng: np.random.Generator) -> Iterator[tuple[Polygon, int]]:
    west, south, east, north = room.bounds
    pitch = style.depth + style.sun
    count = int((north - south + style.sun) // pitch)
    if count < 1:
        return
    spare = (north - south) - count * pitch + style.sun
    for row in range(count):
        y = south + spare * (row + 0.5) / count + row * pitch
        x = west + float(rng.uniform(0, 3))
        while x < east:
            sections, step = _fitting(room, x, y, style, rng)
            if sections:
                yield box(x, y, x + sections * style.section, y + style.depth), sections
            x += step


def _fitting(
    room: Any, x: float, y: float, style: Style, rng: np.random.Generator
) -> tuple[int, float]:
    """How many sections stand at this place (0: none), and how far on the next place is."""
    wanted = style.most if rng.random() < 0.7 else max(1, style.most - 1)
    for sections in range(wanted, 0, -1):
        length = sections * style.section
        if room.covers(box(x, y, x + length, y + style.depth)):
            return sections, length + style.gap + float(rng.uniform(0, 2))
    return 0, 4.0


def _shaped(footprint: Polygon, style_name: str, rng: np.random.Generator) -> Polygon:
    """The plain box made into what such a house looks like from above."""
    west, south, east, north = footprint.bounds
    if style_name == "courtyard":
        yard = box(west + 4.2, south + 4.2, east - 4.2, north - (0 if rng.random() < 0.4 else 4.2))
        return _one(footprint.difference(yard))
    if style_name == "tower":
        arm_x, arm_y = (east - west) * 0.24, (north - south) * 0.28
        cross = shapely.union_all(
            [
                box(west + arm_x, south, east - arm_x, north),
                box(west, south + arm_y, east, north - arm_y),
            ]
        )
        return _one(cross)
    step = 1.6  # stairwells stand out of the back wall
    pieces: list[Any] = [footprint]
    sections = max(1, round((east - west) / 20))
    for number in range(sections):
        middle = west + (number + 0.5) * (east - west) / sections
        pieces.append(box(middle - 2.2, north, middle + 2.2, north + step))
    return _one(shapely.union_all(pieces))


def _one(shape: Any) -> Polygon:
    return max(
        (part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"),
        key=lambda part: part.area,
    )


def _near_edge(footprint: Polygon, block: Polygon) -> bool:
    return float(block.exterior.distance(footprint)) < 9.0


def halls_on(block: Polygon, kind: str, rng: np.random.Generator) -> tuple[Polygon, ...]:
    """The footprints of a public site: a school, market, hospital, mall, office, temple."""
    angle = axis_of(block)
    about = block.centroid
    room = turned(block, -angle, about).buffer(-9.0)
    if room.is_empty:
        return ()
    return tuple(turned(hall, angle, about) for hall in _halls(room, kind, rng) if hall.area > 60)


def _halls(room: Any, kind: str, rng: np.random.Generator) -> list[Polygon]:
    west, south, east, north = room.bounds
    wide, high = east - west, north - south

    def part(x: float, y: float, w: float, h: float) -> Polygon:
        shape = box(
            west + x * wide, south + y * high, west + (x + w) * wide, south + (y + h) * high
        )
        pieces = list(shapely.get_parts(shape.intersection(room)))
        return max(pieces, key=lambda piece: piece.area) if pieces else Polygon()

    if kind == "school":
        return [part(0.02, 0.62, 0.5, 0.14), part(0.02, 0.84, 0.5, 0.14), part(0.02, 0.5, 0.1, 0.4),
                part(0.7, 0.72, 0.26, 0.24)]  # fmt: skip
    if kind == "hospital":
        return [part(0.05, 0.55, 0.7, 0.2), part(0.05, 0.1, 0.2, 0.55), part(0.55, 0.1, 0.2, 0.4)]
    if kind == "temple":
        return [part(0.38, 0.08 + 0.3 * row, 0.26, 0.16) for row in range(3)] + [
            part(0.08, 0.1, 0.1, 0.8), part(0.84, 0.1, 0.1, 0.8),
        ]  # fmt: skip
    if kind == "mall":
        return [
            part(0.02, 0.03, 0.6, 0.94),
            part(0.72, 0.05, 0.26, 0.4),
            part(0.72, 0.55, 0.26, 0.4),
        ]
    if kind == "market":
        return [part(0.08, 0.1, 0.84, 0.36), part(0.08, 0.58, 0.84, 0.3)]
    if kind == "office":
        return [
            part(0.08, 0.12, 0.36, 0.34),
            part(0.56, 0.5, 0.36, 0.36),
            part(0.08, 0.64, 0.3, 0.26),
        ]
    if kind == "works":
        return [part(0.2, 0.3, 0.22, 0.3), part(0.6, 0.3, 0.22, 0.3)]
    return [part(0.1, 0.3, 0.5 + float(rng.uniform(0, 0.2)), 0.4)]
