"""What codes, borders and names of areas and places must be; pure.

Codes: district 6 digits (GB/T 2260), street 9 (GB/T 10114), community 12 (统计用区划代码), grid 15:
the community's 12 and a serial of 3 within it (GB/T 30428.1; standards §1).
"""

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from gezhi.kernel import names
from gezhi.kernel.coordinates import Crs, crs_named, to_cgcs2000
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Level

CODE_DIGITS: Final = {
    Level.DISTRICT: 6,
    Level.STREET: 9,
    Level.COMMUNITY: 12,
    Level.GRID: 15,
    Level.MICROGRID: 18,
}
PARENT_LEVEL: Final = {
    Level.STREET: Level.DISTRICT,
    Level.COMMUNITY: Level.STREET,
    Level.GRID: Level.COMMUNITY,
    Level.MICROGRID: Level.GRID,
}
GRID_KINDS: Final = frozenset({"ordinary", "dedicated"})

# Overlaps and overhangs smaller than this share of the area are drawing errors, not disputes.
TOLERATED_SHARE: Final = 0.01
# A point this near to a grid of its community (degrees, about a metre) lies in a sliver between
# two drawings, not outside.
SLIVER_DEGREES: Final = 1e-5
# China with its islands, in CGCS2000 degrees; whatever lies outside was given in another system.
_WEST, _SOUTH, _EAST, _NORTH = 72.0, 3.0, 136.0, 54.0


def valid_code(level: Level, code: str, parent_code: str = "") -> str:
    """The code, when it has the digits of its level and begins with its parent's; else Invalid."""
    digits = CODE_DIGITS[level]
    if not re.fullmatch(rf"[0-9]{{{digits}}}", code):
        raise Invalid(_("代码应是 %(digits)s 位数字") % {"digits": digits}, field="code")
    if not code.startswith(parent_code):
        raise Invalid(_("代码应以上级代码 %(code)s 开头") % {"code": parent_code}, field="code")
    return code


def valid_name(name: str, longest: int = 60, *, within: bool = False) -> str:
    """The name without blanks round it; refuses (Invalid) what `kernel.names` does.

    What lies `within` a compound may be called by its number: building 12, stairwell 1, flat 901.
    A compound, a road, a site or an area called "12" would be found in every "12 栋".
    """
    empty = _("名称要填，最多 %(longest)s 个字") % {"longest": longest}
    return names.valid(name, most=longest, empty=empty, may_be_digits=within)


def polygon_of(border: Any) -> BaseGeometry:
    """A valid polygon or multipolygon from a shapely geometry, WKB bytes or a GeoJSON mapping.

    A border that crosses itself is put right where that keeps its area (shapely.make_valid);
    refuses (Invalid) lines, empty shapes, and coordinates that are not degrees within China.
    """
    shape = _shape(border)
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    pieces = [inner for part in shapely.get_parts(shape) for inner in shapely.get_parts(part)]
    parts = [piece for piece in pieces if piece.geom_type == "Polygon"]
    if not parts or shape.is_empty or shape.area <= 0:
        raise Invalid(_("边界应是一个有面积的多边形"), field="border")
    west, south, east, north = shape.bounds
    if west < _WEST or south < _SOUTH or east > _EAST or north > _NORTH:
        raise Invalid(_("边界不在中国范围内，请确认坐标是经纬度"), field="border")
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def stored_polygon(border: Any, crs: str) -> BaseGeometry:
    """The border as it is stored: `polygon_of` it, put into CGCS2000 from the named system.

    Refuses (Invalid) a system nobody named or knows, and what `polygon_of` refuses.
    """
    try:
        system = crs_named(crs)
    except ValueError as error:
        raise Invalid(_("请写明坐标系：CGCS2000、WGS84、GCJ-02 或 BD-09"), field="crs") from error
    shape = polygon_of(border)
    if system in {Crs.CGCS2000, Crs.WGS84}:
        return shape

    def moved(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.array([to_cgcs2000(x, y, system) for x, y in points]).reshape(-1, 2)

    return polygon_of(shapely.transform(shape, moved))


def _shape(border: Any) -> BaseGeometry:
    if isinstance(border, BaseGeometry):
        return shapely.force_2d(border)
    try:
        if isinstance(border, bytes | bytearray | memoryview):
            return shapely.force_2d(shapely.from_wkb(bytes(border)))
        return shapely.force_2d(shapely.geometry.shape(border))
    except (shapely.errors.ShapelyError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Invalid(_("读不懂这条边界"), field="border") from error


def outside_share(inner: BaseGeometry, outer: BaseGeometry) -> float:
    """Which share (0 to 1) of the inner area lies outside the outer."""
    return float(shapely.difference(inner, outer).area / inner.area)


def overlap_share(one: BaseGeometry, other: BaseGeometry) -> float:
    """The area both cover, over the smaller of the two."""
    return float(shapely.intersection(one, other).area / min(one.area, other.area))
