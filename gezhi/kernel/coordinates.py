"""Longitude and latitude between CGCS2000, GCJ-02 (Amap, Tencent, WeChat) and BD-09 (Baidu).

Everything is stored in CGCS2000 (EPSG:4490), which agrees with WGS 84 to some centimetres and is
taken as equal to it. Order is longitude, latitude, in degrees. Outside China nothing is converted.
"""

import math
import re
from collections.abc import Callable
from enum import StrEnum

Point = tuple[float, float]

_A = 6378245.0  # the Krasovsky ellipsoid the offset was made with
_E2 = 0.00669342162296594323
_BD = math.pi * 3000.0 / 180.0


class Crs(StrEnum):
    """Systems a point may come in; nothing is stored or sent without its name."""

    CGCS2000 = "CGCS2000"
    WGS84 = "WGS84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


_NAMES = {
    "cgcs2000": Crs.CGCS2000,
    "epsg4490": Crs.CGCS2000,
    "wgs84": Crs.WGS84,
    "epsg4326": Crs.WGS84,
    "gcj02": Crs.GCJ02,
    "bd09": Crs.BD09,
    "bd09ll": Crs.BD09,
}


def crs_named(name: str) -> Crs:
    """The system of this name, however written (`gcj02`, `GCJ-02`, `EPSG:4490`); ValueError when
    it is none of them."""
    found = _NAMES.get(re.sub(r"[\s:_-]", "", name).lower())
    if found is None:
        raise ValueError("an unknown coordinate reference system")
    return found


def to_cgcs2000(longitude: float, latitude: float, crs: str) -> Point:
    """The point in CGCS2000. Refuses (ValueError) an unknown system or a point off the earth."""
    _on_earth(longitude, latitude)
    match crs_named(crs):
        case Crs.GCJ02:
            return gcj02_to_wgs84(longitude, latitude)
        case Crs.BD09:
            return gcj02_to_wgs84(*bd09_to_gcj02(longitude, latitude))
        case _:
            return longitude, latitude


def from_cgcs2000(longitude: float, latitude: float, crs: str) -> Point:
    """A stored point in another system, for a map or a partner. Refuses as `to_cgcs2000`."""
    _on_earth(longitude, latitude)
    match crs_named(crs):
        case Crs.GCJ02:
            return wgs84_to_gcj02(longitude, latitude)
        case Crs.BD09:
            return gcj02_to_bd09(*wgs84_to_gcj02(longitude, latitude))
        case _:
            return longitude, latitude


def wgs84_to_gcj02(longitude: float, latitude: float) -> Point:
    """The point as the offset maps of China show it; outside China unchanged."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    east, north = _offset(longitude, latitude)
    return longitude + east, latitude + north


def gcj02_to_wgs84(longitude: float, latitude: float) -> Point:
    """The inverse of `wgs84_to_gcj02`, by iteration, exact to 1e-9 degrees (0.1 mm)."""
    if not in_china(longitude, latitude):
        return longitude, latitude

    def forward(x: float, y: float) -> Point:
        east, north = _offset(x, y)
        return x + east, y + north

    return _inverse(forward, longitude, latitude)


def gcj02_to_bd09(longitude: float, latitude: float) -> Point:
    """The point as Baidu shows it; outside China unchanged."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    return _twisted(longitude, latitude)


def bd09_to_gcj02(longitude: float, latitude: float) -> Point:
    """The inverse of `gcj02_to_bd09`, by iteration, exact to 1e-9 degrees."""
    if not in_china(longitude, latitude):
        return longitude, latitude
    return _inverse(_twisted, longitude, latitude)


def in_china(longitude: float, latitude: float) -> bool:
    """Whether the map makers offset a point here: the plain box all of them use."""
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def _on_earth(longitude: float, latitude: float) -> None:
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError("a longitude lies in ±180 and a latitude in ±90 degrees")


def _offset(longitude: float, latitude: float) -> Point:
    """Degrees by which GCJ-02 moves a point east and north."""
    x, y = longitude - 105.0, latitude - 35.0
    root = math.sqrt(abs(x))
    waves = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * math.pi) + 320 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2 / 3.0
    radians = latitude / 180.0 * math.pi
    magic = 1 - _E2 * math.sin(radians) ** 2
    north = north * 180.0 / ((_A * (1 - _E2)) / (magic * math.sqrt(magic)) * math.pi)
    east = east * 180.0 / (_A / math.sqrt(magic) * math.cos(radians) * math.pi)
    return east, north


def _twisted(longitude: float, latitude: float) -> Point:
    radius = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * _BD)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * _BD)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def _inverse(forward: Callable[[float, float], Point], longitude: float, latitude: float) -> Point:
    """Where `forward` comes from this point: the error shrinks a hundredfold in each round."""
    x, y = longitude, latitude
    for _ in range(30):
        there_x, there_y = forward(x, y)
        wrong_x, wrong_y = there_x - longitude, there_y - latitude
        x, y = x - wrong_x, y - wrong_y
        if abs(wrong_x) < 1e-12 and abs(wrong_y) < 1e-12:
            break
    return x, y
