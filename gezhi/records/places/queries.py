"""Where a point lies, what areas and places there are, and how they are called.

Names, codes and borders of areas, and names of compounds and buildings, are public; a dwelling is
never listed here for a stranger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
import shapely
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Unseen
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places.index import Located, index_of
from gezhi.records.places.models import Area, AreaVersion, District, Place, PlaceKind

SEARCH_LIMIT = 12
_LISTED = (PlaceKind.COMPOUND, PlaceKind.BUILDING, PlaceKind.SITE)
# A phone draws this in one go over a slow line.
GEOJSON_BYTES = 30_000


@dataclass(frozen=True, slots=True)
class Location:
    """The areas a point or place lies in; a level nobody drew is None."""

    district_id: int
    street_id: int | None
    community_id: int | None
    grid_id: int | None
    compound_id: int | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as lists and choices show it."""

    id: int
    code: str
    name: str
    short_name: str
    level: str
    street_id: int | None
    community_id: int | None
    in_use: bool

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as lists and choices show it."""

    id: int
    kind: str
    name: str
    address: str
    parent_id: int | None
    street_id: int | None
    community_id: int | None
    grid_id: int | None
    compound_id: int | None
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """One hit of a search by words: the place and the words that tell it from its namesakes."""

    place: PlaceRow
    compound_name: str
    community_name: str

    @property
    def words(self) -> str:
        """Compound and building, as "均隆花园 3栋"."""
        if self.compound_name and self.place.kind != PlaceKind.COMPOUND:
            return f"{self.compound_name} {self.place.name}"
        return self.place.name


_AREA = ("id", "code", "name", "short_name", "level", "street_id", "community_id", "in_use")
_PLACE = (
    "id",
    "kind",
    "name",
    "address",
    "parent_id",
    "street_id",
    "community_id",
    "grid_id",
    "compound_id",
    "longitude",
    "latitude",
)


def default_district() -> District:
    """The district this installation runs: the one with streets in use, the lowest id of several.

    Raises Conflict (`not_set_up`) when none was registered yet.
    """
    # Every report asks this: with one district, as nearly everywhere, no join is needed.
    districts = list(District.objects.order_by("id")[:2])
    district = districts[0] if districts else None
    if len(districts) > 1:
        running = District.objects.filter(areas__level=Level.STREET, areas__in_use=True)
        district = running.order_by("id").first() or district
    if district is None:
        raise Conflict(_("还没有设置区县和街道，请系统管理员运行 gezhi setup"), code="not_set_up")
    return district


def district_code(district_id: int) -> str:
    """The six-digit code of a district (GB/T 2260); raises Conflict when it is not registered."""
    code = District.objects.filter(pk=district_id).values_list("code", flat=True).first()
    if code is None:
        raise Conflict(_("还没有设置区县和街道，请系统管理员运行 gezhi setup"), code="not_set_up")
    return code


def locate(district_id: int, longitude: float, latitude: float) -> Location:
    """The areas that hold this point (CGCS2000 degrees), as the running transaction sees the map.

    Never raises: outside every border the levels are None. On a shared border the lowest code
    has it (the whole rule stands in `index.py`).
    """
    return _location(district_id, locate_many(district_id, [longitude], [latitude]), 0)


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
    )


def location_of_place(place_id: int) -> Location:
    """Where a place lies: as recorded with it, or by its point. Raises Unseen for no such place."""
    place = Place.objects.filter(pk=place_id, retired_at=None).only(
        "district_id", "kind", "street_id", "community_id", "grid_id", "compound_id",
        "longitude", "latitude",
    ).first()  # fmt: skip
    if place is None:
        raise Unseen(_("没有这个地点"))
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


def words_of(location: Location) -> str:
    """How a neighbour would say it: "锦官驿街道 水井坊社区 第3网格"; "" for nowhere."""
    ids = [location.street_id, location.community_id, location.grid_id]
    names = names_of(area_id for area_id in ids if area_id)
    return " ".join(names[area_id] for area_id in ids if area_id in names)


def names_of(area_ids: Iterable[int]) -> dict[int, str]:
    """Short names by id, for as many areas as a page needs in one SELECT."""
    return {
        area_id: short or name
        for area_id, short, name in Area.objects.filter(pk__in=set(area_ids)).values_list(
            "id", "short_name", "name"
        )
    }


def place_names_of(place_ids: Iterable[int]) -> dict[int, str]:
    """Names of compounds, buildings and sites by id; dwellings are left out."""
    return dict(
        Place.objects.filter(pk__in=set(place_ids), kind__in=_LISTED).values_list("id", "name")
    )


def area(area_id: int) -> AreaRow | None:
    """One area by id, or None."""
    row = Area.objects.filter(pk=area_id).values_list(*_AREA).first()
    return AreaRow(*row) if row else None


def area_by_code(district_id: int, code: str) -> AreaRow | None:
    """One area by its code, or None."""
    row = Area.objects.filter(district_id=district_id, code=code).values_list(*_AREA).first()
    return AreaRow(*row) if row else None


def areas(
    district_id: int,
    level: Level,
    *,
    street_id: int | None = None,
    community_id: int | None = None,
    in_use: bool | None = True,
) -> tuple[AreaRow, ...]:
    """The areas of a level by code, of the whole district or of one street or community.

    `in_use=None` lists those named in the register only, too.
    """
    rows = Area.objects.filter(district_id=district_id, level=level)
    if street_id is not None:
        rows = rows.filter(street_id=street_id)
    if community_id is not None:
        rows = rows.filter(community_id=community_id)
    if in_use is not None:
        rows = rows.filter(in_use=in_use)
    return tuple(AreaRow(*row) for row in rows.order_by("code").values_list(*_AREA))


def streets_in_use(district_id: int) -> tuple[AreaRow, ...]:
    """The streets this installation runs, by code."""
    return areas(district_id, Level.STREET)


def place(place_id: int) -> PlaceRow | None:
    """A compound, building or site by id, or None; never a dwelling."""
    row = (
        Place.objects.filter(pk=place_id, retired_at=None, kind__in=_LISTED)
        .values_list(*_PLACE)
        .first()
    )
    return PlaceRow(*row) if row else None


def compounds_of(
    *, street_id: int | None = None, community_id: int | None = None, grid_id: int | None = None
) -> tuple[PlaceRow, ...]:
    """The compounds and sites of a street, community or grid, by name; one of them is given."""
    rows = _standing(PlaceKind.COMPOUND, PlaceKind.SITE)
    if grid_id is not None:
        inside = Place.objects.filter(grid_id=grid_id, kind=PlaceKind.BUILDING)
        rows = rows.filter(Q(grid_id=grid_id) | Q(pk__in=inside.values("compound_id")))
    elif community_id is not None:
        rows = rows.filter(community_id=community_id)
    elif street_id is not None:
        rows = rows.filter(street_id=street_id)
    else:
        raise ValueError("compounds of a street, a community or a grid")
    return tuple(PlaceRow(*row) for row in rows.order_by("name", "id").values_list(*_PLACE))


def buildings_of(compound_id: int) -> tuple[PlaceRow, ...]:
    """The buildings of a compound, 2栋 before 10栋."""
    rows = _standing(PlaceKind.BUILDING).filter(compound_id=compound_id).values_list(*_PLACE)
    found = [PlaceRow(*row) for row in rows]
    found.sort(key=lambda row: (int("0" + "".join(filter(str.isdigit, row.name))), row.name))
    return tuple(found)


def choices_of_grid(grid_id: int) -> list[tuple[int, str]]:
    """Compounds and buildings of a grid as a worker names them: "桐花苑", "桐花苑 3栋"."""
    rows = list(
        _standing(PlaceKind.COMPOUND, PlaceKind.BUILDING, PlaceKind.SITE)
        .filter(grid_id=grid_id)
        .values_list("id", "name", "kind", "compound_id")
    )
    above = {compound for _id, _name, _kind, compound in rows if compound}
    names = place_names_of(above)

    def words(name: str, compound: int | None) -> str:
        return f"{names[compound]} {name}" if compound and compound in names else name

    found = [
        (place_id, words(name, compound if kind != PlaceKind.COMPOUND else None))
        for place_id, name, kind, compound in rows
    ]
    return sorted(found, key=lambda pair: _by_number(pair[1]))


def _by_number(words: str) -> tuple[str, int, str]:
    """Sorts 3栋 before 12栋 within a compound."""
    head, _space, tail = words.partition(" ")
    return head, int("0" + "".join(filter(str.isdigit, tail))), words


def search_places(
    district_id: int, words: str, *, limit: int = SEARCH_LIMIT
) -> tuple[PlaceFound, ...]:
    """Compounds, buildings and sites whose name or address holds the words, best first.

    Words apart by blanks must all fit: "均隆 3栋" finds building 3 of 均隆花园. A name that is the
    words goes before one that begins with them, that before one that holds them, compounds before
    buildings. At most 12; empty for no words.
    """
    parts = words.split()[:4]
    if not parts:
        return ()
    rows = _standing(*_LISTED).filter(district_id=district_id)
    for part in parts:
        named = _standing(PlaceKind.COMPOUND).filter(district_id=district_id, name__icontains=part)
        own = Q(name__icontains=part) | Q(address__icontains=part)
        rows = rows.filter(own | Q(compound_id__in=named.values("id")) if len(parts) > 1 else own)
    found = [PlaceRow(*row) for row in rows.values_list(*_PLACE)[:400]]
    found.sort(key=lambda row: _rank(row, parts))
    return _told_apart(found[: min(limit, SEARCH_LIMIT)])


def _rank(row: PlaceRow, parts: list[str]) -> tuple[int, int, int, str, int]:
    """Smaller is better."""
    last = parts[-1]
    fit = (
        0 if row.name == last else 1 if row.name.startswith(last) else 2 if last in row.name else 3
    )
    kind = 0 if row.kind == PlaceKind.COMPOUND else 1
    if len(parts) > 1:
        kind = 0 if row.kind == PlaceKind.BUILDING else 1
    return fit, kind, len(row.name), row.name, row.id


def _told_apart(rows: list[PlaceRow]) -> tuple[PlaceFound, ...]:
    names = dict(
        Place.objects.filter(pk__in={row.compound_id for row in rows if row.compound_id})
        .values_list("id", "name")
    )  # fmt: skip
    communities = names_of(row.community_id for row in rows if row.community_id)
    return tuple(
        PlaceFound(
            row,
            names.get(row.compound_id, "") if row.compound_id else "",
            communities.get(row.community_id, "") if row.community_id else "",
        )
        for row in rows
    )


def _standing(*kinds: PlaceKind) -> QuerySet[Place]:
    return Place.objects.filter(retired_at=None, kind__in=kinds)


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
