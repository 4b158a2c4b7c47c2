"""Reading units, roads, barriers and borders from GeoJSON (RFC 7946), mending what is safe."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gezhi.methods.divide.rules import Ints, Refused

Note = tuple[str, dict[str, Any]]
_DEGREES = ("CRS84", "4326", "4490", "4258")
_ROAD_CLASSES = {
    "arterial": ("arterial", "motorway", "trunk", "primary", "secondary"),
    "street": ("street", "tertiary", "residential", "unclassified"),
    "lane": ("lane", "service", "living_street", "track"),
    "path": ("path", "footway", "pedestrian", "steps", "cycleway"),
}
_CLASS_OF = {word: name for name, words in _ROAD_CLASSES.items() for word in words}


@dataclass(frozen=True, slots=True)
class Units:
    """The atoms of a file: place, weight and what else is known, by index in the file.

    `workload` is what should be even (the weight itself where it is not given);
    `compound`, `community` and `today` are indexes into the names beside them (-1: none).
    """

    places: tuple[BaseGeometry, ...]
    load: Ints
    households: Ints
    people: Ints | None
    workload: Ints | None
    compound: Ints
    community: Ints
    community_names: tuple[str, ...]
    today: Ints | None
    today_names: tuple[str, ...]
    geographic: bool | None
    notes: tuple[Note, ...]


def read_units(document: Any, weight: str = "households") -> Units:
    """The units of a feature collection of points or polygons.

    `weight` names the property the bounds count. Raises `Refused`: `not_geojson`, `empty`,
    `geometry` (missing, empty or neither point nor polygon; `atoms` says which), `weight`
    (missing, not a whole number or negative), `coordinates` (not finite, or beyond the earth in a
    file of degrees), `beyond_repair` (a polygon of which mending leaves nothing).
    """
    features, geographic = _features(document)
    notes: list[Note] = []
    places = _places(features, geographic, notes)
    known = [_properties(feature) for feature in features]
    load = _whole(known, weight, required=True)
    if load is None:
        raise TypeError("a required column is read or refused")
    households = _whole(known, "households", required=False)
    people = _whole(known, "people", required=False)
    workload = _whole(known, "workload", required=False)
    compound, _ = _named(known, "compound")
    community, names = _named(known, "community")
    today, today_names = _named(known, "grid")
    return Units(
        tuple(places),
        load,
        load if households is None else households,
        people,
        workload,
        compound,
        community,
        names,
        today if len(today_names) else None,
        today_names,
        geographic,
        tuple(notes),
    )


def read_roads(document: Any) -> tuple[dict[str, list[BaseGeometry]], bool | None, list[Note]]:
    """Lines by class, from the property `class`, or `highway` as OpenStreetMap names it.

    A road of an unknown class counts as a street, and that is told.
    """
    features, geographic = _features(document, empty=True)
    roads: dict[str, list[BaseGeometry]] = {}
    unknown = 0
    for feature, line in zip(features, _lines(features), strict=True):
        words = _properties(feature)
        word = str(words.get("class") or words.get("highway") or words.get("fclass") or "")
        name = _CLASS_OF.get(word.removesuffix("_link"))
        unknown += name is None
        roads.setdefault(name or "street", []).append(line)
    notes: list[Note] = [("road_class_unknown", {"roads": unknown})] if unknown else []
    return roads, geographic, notes


def read_barriers(document: Any) -> tuple[list[BaseGeometry], bool | None]:
    """Rivers, railways and walls: lines or polygons."""
    features, geographic = _features(document, empty=True)
    return _lines(features), geographic


def read_communities(document: Any) -> tuple[list[BaseGeometry], list[str], bool | None]:
    """Border and name (property `community` or `name`) of every community."""
    features, geographic = _features(document)
    borders, names = [], []
    for number, feature in enumerate(features):
        border = _shape(feature)
        if border is None or border.is_empty or border.geom_type not in ("Polygon", "MultiPolygon"):
            raise Refused("border_geometry", communities=[number])
        words = _properties(feature)
        borders.append(border)
        names.append(str(words.get("community") or words.get("name") or number + 1))
    return borders, names, geographic


def one_system(*systems: bool | None) -> bool | None:
    """Whether all files are in degrees (True), in metres (False) or do not say (None).

    Raises `Refused` with code `mixed_crs` when they say different things.
    """
    said = {system for system in systems if system is not None}
    if len(said) > 1:
        raise Refused("mixed_crs")
    return said.pop() if said else None


def _features(document: Any, empty: bool = False) -> tuple[list[Any], bool | None]:
    if not isinstance(document, Mapping) or document.get("type") != "FeatureCollection":
        raise Refused("not_geojson")
    features = document.get("features")
    if not isinstance(features, list) or not all(isinstance(f, Mapping) for f in features):
        raise Refused("not_geojson")
    if not features and not empty:
        raise Refused("empty")
    return features, _system(document, features)


def _system(document: Mapping[str, Any], features: list[Any]) -> bool | None:
    """Degrees or metres: what the file says, else what the coordinates say."""
    said = document.get("crs")
    if isinstance(said, Mapping):
        name = str((said.get("properties") or {}).get("name", ""))
        return any(name.endswith(code) for code in _DEGREES)
    shapes = [found for found in map(_shape, features) if found is not None and not found.is_empty]
    if not shapes:
        return None
    bounds = shapely.bounds(np.asarray(shapes, dtype=object))
    degrees = (np.abs(bounds[:, [0, 2]]) <= 180).all(1) & (np.abs(bounds[:, [1, 3]]) <= 90).all(1)
    if degrees.all():
        # A small local plane in metres can look like degrees; then nothing is claimed.
        span = float((bounds[:, 2:].max(0) - bounds[:, :2].min(0)).max())
        return True if span < 2 else None
    if degrees.any() and float(np.nanmin(np.abs(bounds[~degrees])[:, :2])) > 1000:
        raise Refused("mixed_crs", atoms=np.flatnonzero(degrees)[:20].tolist())
    return False


def _shape(feature: Mapping[str, Any]) -> BaseGeometry | None:
    try:
        return shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.GEOSException):
        return None


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, Mapping) else {}


def _places(features: list[Any], geographic: bool | None, notes: list[Note]) -> list[BaseGeometry]:
    shapes = [_shape(feature) for feature in features]
    kinds = ("Point", "Polygon", "MultiPolygon")
    wrong = [
        number
        for number, found in enumerate(shapes)
        if found is None or found.is_empty or found.geom_type not in kinds
    ]
    if wrong:
        raise Refused("geometry", atoms=wrong)
    places = [found for found in shapes if found is not None]
    bounds = shapely.bounds(np.asarray(places, dtype=object))
    limit = np.asarray([180.0, 90.0, 180.0, 90.0]) if geographic else np.full(4, 1e9)
    bad = ~(np.abs(bounds) <= limit).all(axis=1)
    if bad.any():
        raise Refused("coordinates", atoms=np.flatnonzero(bad).tolist())
    mended = []
    for number, place in enumerate(places):
        if not place.is_valid:
            places[number] = _mended(place, number)
            mended.append(number)
    if mended:
        notes.append(("polygon_mended", {"atoms": mended}))
    return places


def _mended(place: BaseGeometry, number: int) -> BaseGeometry:
    """A self-crossing outline made whole: the ground it encloses."""
    parts = [
        part
        for piece in shapely.get_parts(shapely.make_valid(place))
        for part in shapely.get_parts(piece)
        if part.geom_type == "Polygon"
    ]
    if not parts:
        raise Refused("beyond_repair", atoms=[number])
    return shapely.union_all(parts) if len(parts) > 1 else parts[0]


def _lines(features: list[Any]) -> list[BaseGeometry]:
    out = []
    for number, feature in enumerate(features):
        found = _shape(feature)
        if found is None or found.is_empty or shapely.get_dimensions(found) not in (1, 2):
            raise Refused("line_geometry", features=[number])
        out.append(found if found.is_valid else shapely.make_valid(found))
    return out


def _whole(known: list[Mapping[str, Any]], name: str, *, required: bool) -> Ints | None:
    """A property of all features as whole numbers; None when no feature has it."""
    values = [words.get(name) for words in known]
    if not required and all(value is None for value in values):
        return None
    out, wrong = [], []
    for number, value in enumerate(values):
        if value is None and not required:
            value = 0
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
            or value < 0
            or value > 10_000_000
            or value != int(value)
        ):
            wrong.append(number)
        else:
            out.append(int(value))
    if wrong:
        raise Refused("weight", property=name, atoms=wrong)
    return np.asarray(out, dtype=np.int64)


def _named(known: list[Mapping[str, Any]], name: str) -> tuple[Ints, tuple[str, ...]]:
    """A property as indexes into its sorted values, -1 where it is missing."""
    values = [None if words.get(name) in (None, "") else str(words[name]) for words in known]
    names = tuple(sorted({value for value in values if value is not None}))
    index = {value: number for number, value in enumerate(names)}
    return (
        np.asarray([-1 if v is None else index[v] for v in values], dtype=np.int64),
        names,
    )
