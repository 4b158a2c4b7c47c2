"""Small pictures of divisions, drawn with Pillow alone."""

import pathlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageDraw

# Six fills that neighbours can be told apart by, light enough for lines and dots above them.
_FILLS = ("#cfe3f2", "#f6dfc4", "#d6ecd2", "#f3d3d8", "#e4d9f0", "#f3efc2", "#d3ece9", "#e6e2dc")
_BAD = "#d9534f"


def draw(
    path: pathlib.Path,
    polygons: Sequence[Any],
    points: np.ndarray,
    load: np.ndarray,
    *,
    bad: Sequence[int] = (),
    lines: Sequence[tuple[Sequence[Any], str, int]] = (),
    width: int = 900,
) -> None:
    """Grids as fills (out of bounds in red), roads and water as lines, atoms as dots."""
    west, south, east, north = shapely.total_bounds(np.asarray(polygons, dtype=object))
    scale = (width - 20) / (east - west)
    height = int((north - south) * scale) + 20
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)

    def pixels(xy: np.ndarray) -> list[tuple[float, float]]:
        return [(10 + (x - west) * scale, height - 10 - (y - south) * scale) for x, y in xy]

    colors = _colors(polygons)
    for number, polygon in enumerate(polygons):
        fill = _BAD if number in bad else _FILLS[colors[number]]
        for part in shapely.get_parts(polygon):
            pen.polygon(pixels(shapely.get_coordinates(part.exterior)), fill=fill)
    for shapes, color, thick in lines:
        for part in shapely.get_parts(np.asarray(list(shapes), dtype=object)):
            ring = shapely.boundary(part) if shapely.get_dimensions(part) == 2 else part
            for piece in shapely.get_parts(ring):
                pen.line(pixels(shapely.get_coordinates(piece)), fill=color, width=thick)
    for polygon in polygons:
        for part in shapely.get_parts(polygon):
            pen.line(pixels(shapely.get_coordinates(part.exterior)), fill="#444444", width=2)
    size = np.sqrt(load / max(1.0, float(np.percentile(load, 95))))
    size = (size * 2.2 + 0.4) * min(1.0, (1500 / len(load)) ** 0.5)
    for (x, y), radius, amount in zip(pixels(points), size, load, strict=True):
        color = "#333333" if amount else "#aaaaaa"
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(48, dither=Image.Dither.NONE).save(path, optimize=True)


def _colors(polygons: Sequence[Any]) -> list[int]:
    """A color for each polygon, another than its neighbours' where eight are enough."""
    shapes = np.asarray(polygons, dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    beside: list[set[int]] = [set() for _ in polygons]
    for one, two in zip(first.tolist(), second.tolist(), strict=True):
        if one != two:
            beside[one].add(two)
    colors: list[int] = []
    for number in range(len(polygons)):
        taken = [colors[n] for n in beside[number] if n < number]
        free = [c for c in range(len(_FILLS)) if c not in taken]
        colors.append(free[number % len(free)] if free else 0)
    return colors
