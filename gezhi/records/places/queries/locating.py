"""Where a point, a place or an area lies."""

import numpy.typing as npt
import shapely
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Level
from gezhi.records.places.index import Located, at, index_of
from gezhi.records.places.models import Area, Place, PlaceKind
from gezhi.records.places.queries.area_rows import area
from gezhi.records.places.queries.rows import Location


def locate(district_id: int, longitude: float, latitude: float) -> Location:
    """The areas that hold this point (CGCS2000 degrees), as the running transaction sees the map.

    Never raises: outside every border the levels are None. On a shared border the lowest code
    has it (the whole rule stands in `index.py`).
    """
    return _location(district_id, at(index_of(district_id), longitude, latitude), 0)


def locate_many(district_id: int, longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> Located:
    """The same for many points at once, as arrays of ids with 0 for a missing level."""
    return index_of(district_id).locate(longitudes, latitudes)


def _location(district_id: int, located: Located, row: int) -> Location:
    return Location(
        district_id,
        int(located.street_ids[row]) or None,
        int(located.community_ids[row]) or None,
        int(located.grid_ids[row]) or None,
        int(located.compound_ids[row]) or None,
        located.district_code,
    )


def location_of_place(place_id: int) -> Location:
    """Where a place lies: as recorded with it, or by its point. Raises Unseen for no such place.

    A road lies in the grid and the community that it runs through; in none where it runs through
    several.
    """
    place = Place.objects.filter(pk=place_id, retired_at=None).only(
        "district_id", "kind", "street_id", "community_id", "grid_id", "compound_id",
        "longitude", "latitude",
    ).first()  # fmt: skip
    if place is None:
        raise Unseen(_("没有这个地点"))
    if place.kind == PlaceKind.ROAD:
        return _location_of_road(place)
    compound_id = place.id if place.kind == PlaceKind.COMPOUND else place.compound_id
    if place.grid_id is None and place.longitude is not None and place.latitude is not None:
        found = locate(place.district_id, place.longitude, place.latitude)
        return Location(
            place.district_id,
            place.street_id or found.street_id,
            place.community_id or found.community_id,
            found.grid_id,
            compound_id or found.compound_id,
        )
    return Location(
        place.district_id, place.street_id, place.community_id, place.grid_id, compound_id
    )


def _location_of_road(road: Place) -> Location:
    shape = road.shape
    if not shape:
        return Location(road.district_id, road.street_id, road.community_id, road.grid_id, None)
    line = shapely.from_wkb(bytes(shape))
    street, community, grid = index_of(road.district_id).along(line)
    return Location(
        road.district_id, street or road.street_id, community or None, grid or None, None
    )


def location_of_area(area_id: int) -> Location:
    """An area as a location: itself and the levels above it. Raises Unseen for no such area."""
    row = area(area_id)
    if row is None:
        raise Unseen(_("没有这个区域"))
    district_id = Area.objects.values_list("district_id", flat=True).get(pk=area_id)
    own = {Level(row.level): row.id}
    return Location(
        district_id,
        own.get(Level.STREET, row.street_id),
        own.get(Level.COMMUNITY, row.community_id),
        own.get(Level.GRID),
        None,
    )
