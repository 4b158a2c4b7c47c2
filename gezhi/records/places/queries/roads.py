"""Roads as a phone draws and names them."""

from typing import Any

import shapely

from gezhi.records.places.models import PlaceKind
from gezhi.records.places.queries.borders import GEOJSON_BYTES
from gezhi.records.places.queries.places import standing

# From this length on (about 500 m) a road is named while the map still shows the whole street.
_LONG_DEGREES = 0.005


def roads_geojson(district_id: int, street_id: int | None) -> dict[str, Any]:
    """The roads of a street, or of the district, as a GeoJSON FeatureCollection in CGCS2000.

    Simplified until it is at most 30 kB, the shortest left out if need be; each feature tells its
    name, and whether it is `long`, and nothing else. Names of roads are public.
    """
    rows = standing(PlaceKind.ROAD).filter(district_id=district_id, shape__isnull=False)
    if street_id is not None:
        rows = rows.filter(street_id=street_id)
    lines = [
        (name, shapely.from_wkb(bytes(shape or b"")))
        for name, shape in rows.order_by("id").values_list("name", "shape")
    ]
    lines.sort(key=lambda pair: -pair[1].length)
    tolerance = 1e-5
    while (features := _features(lines, tolerance)) and _bytes_of(features) > GEOJSON_BYTES:
        tolerance *= 2
        if tolerance > 1e-3:
            lines = lines[: len(lines) * 3 // 4]
    return {"type": "FeatureCollection", "features": features}


def _features(lines: list[tuple[str, Any]], tolerance: float) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "properties": {"name": name, "long": line.length > _LONG_DEGREES},
            "geometry": shapely.geometry.mapping(
                shapely.transform(line.simplify(tolerance), lambda xy: xy.round(5))
            ),
        }
        for name, line in lines
    ]


def _bytes_of(features: list[dict[str, Any]]) -> int:
    """What the text will weigh: 24 bytes a point and 150 a feature, a little over the truth."""
    points = sum(_points_of(feature["geometry"]) for feature in features)
    return points * 24 + len(features) * 150


def _points_of(geometry: dict[str, Any]) -> int:
    lines = geometry["coordinates"]
    many = geometry["type"].startswith("Multi")
    return sum(map(len, lines)) if many else len(lines)
