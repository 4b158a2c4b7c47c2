"""Borders as a phone draws them."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places.models import AreaVersion
from gezhi.records.places.queries.area_rows import area

# A phone draws this in one go over a slow line.
GEOJSON_BYTES = 30_000


def borders_geojson(viewer: Viewer, area_id: int, level: Level) -> dict[str, Any]:
    """The borders of this level within an area as a GeoJSON FeatureCollection in CGCS2000.

    Simplified until it is at most 30 kB, neighbours still fitting each other; each feature tells
    id, name and level and nothing else. Borders are public: the viewer is asked for because what
    is drawn on them is not. Raises Unseen for no such area.
    """
    if area(area_id) is None:
        raise Unseen(_("没有这个区域"))
    rows = [
        (row_id, short or name, shape)
        for row_id, short, name, shape in _borders(area_id, level).values_list(
            "area_id", "area__short_name", "area__name", "border"
        )
    ]
    shapes = shapely.from_wkb([bytes(shape or b"") for _id, _name, shape in rows])
    tolerance = 5e-6
    while True:
        drawn = shapely.coverage_simplify(shapes, tolerance) if len(rows) else shapes
        collection = _collection(rows, drawn, level)
        if tolerance > 1e-2 or _bytes_of(drawn, rows) <= GEOJSON_BYTES:
            return collection
        tolerance *= 2


def _borders(area_id: int, level: Level) -> QuerySet[AreaVersion]:
    now = clock.now()
    return AreaVersion.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=now),
        Q(area_id=area_id)
        | Q(area__street_id=area_id)
        | Q(area__community_id=area_id)
        | Q(parent_id=area_id),
        valid_from__lte=now,
        area__level=level,
        border__isnull=False,
    ).order_by("area__code")


def _collection(rows: Sequence[tuple[int, str, Any]], shapes: Any, level: Level) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "id": str(row_id),
            "properties": {"name": name, "level": level.value},
            "geometry": _geometry(shape),
        }
        for (row_id, name, _wkb), shape in zip(rows, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "crs_name": "CGCS2000", "features": features}


def _geometry(shape: Any) -> Mapping[str, Any]:
    """Coordinates of six decimals (a decimetre): more than a phone shows."""
    rounded: Mapping[str, Any] = shapely.geometry.mapping(
        shapely.transform(shape, lambda xy: xy.round(6))
    )
    return rounded


def _bytes_of(shapes: Any, rows: Sequence[Any]) -> int:
    """What the text will weigh: 25 bytes a point and 140 a feature, a little over the truth."""
    return int(shapely.get_num_coordinates(shapes).sum()) * 25 + len(rows) * 140 + 100


def drawn_area_ids(district_id: int) -> set[int]:
    """Areas of the district that have a border now."""
    rows = AreaVersion.objects.filter(district_id=district_id, valid_to=None, border__isnull=False)
    return set(rows.values_list("area_id", flat=True))
