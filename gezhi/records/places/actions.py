"""Naming areas, drawing their borders and adding places; every border change moves the map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import shapely
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from gezhi.ground.audit.actions import record
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Level, Role, Viewer
from gezhi.records.places import rules
from gezhi.records.places.index import index_of
from gezhi.records.places.models import Area, AreaVersion, District, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class AreaName:
    """An area to be named: its code and name as in the register."""

    code: str
    name: str
    short_name: str = ""
    in_use: bool = True


@dataclass(frozen=True, slots=True)
class GridDraft:
    """A grid to be opened in a community, with its border and how many households it has.

    `number` is its serial within the community, 1 to 999; `border` whatever `polygon_of` reads,
    None for a grid that is known by its list of places only (`listing.py`).
    """

    number: int
    border: Any
    name: str = ""
    households: int | None = None
    kind: str = "ordinary"


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A place to be added; `parent_id` names a draft before it or a place that stands already.

    Without `longitude` and `latitude` the point is one inside `shape`, else the parent's. Areas
    are found by that point unless the parent has them.
    """

    kind: PlaceKind
    name: str
    parent_id: int | None = None
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None
    shape: BaseGeometry | None = None
    households: int = 0
    floors: int | None = None
    id: int = field(default_factory=new_id)


def register_district(
    *, code: str, name: str, city_name: str = "", province_name: str = "", by: Viewer
) -> District:
    """Name the district this installation serves; the same code again gives the district there is.

    Refuses a code that has not six digits (Invalid) and anyone but the system administrator.
    """
    _permit(by)
    rules.check_code(Level.DISTRICT, code)
    name = rules.check_name(name, 50)
    with transaction.atomic():
        known = District.objects.filter(code=code).first()
        if known is not None:
            return known
        highest = District.objects.aggregate(highest=Max("id"))["highest"] or 0
        district = District(
            id=highest + 1,
            code=code,
            name=name,
            city_name=city_name[:50],
            province_name=province_name[:50],
        )
        district.save(force_insert=True)
        area = Area(district=district, level=Level.DISTRICT, code=code, name=name)
        area.save(force_insert=True)
        _open_versions([area], None, clock.now())
        record(
            by=by,
            verb="places.register_district",
            subject_kind="district",
            subject_id=district.id,
            detail={"code": code},
        )
    return district


def register_street(district: District, *, code: str, name: str, by: Viewer) -> Area:
    """Name one street of the district and take it into use; see `register_streets`."""
    return register_streets(district, [AreaName(code, name)], by=by)[0]


def register_streets(
    district: District, names: Sequence[AreaName], *, by: Viewer
) -> tuple[Area, ...]:
    """Name streets by their 9-digit codes; known codes are left, but taken into use when asked.

    A street not in use is named in the register only. Refuses codes of another district
    (Invalid). One audit row.
    """
    parent = Area.objects.get(district=district, level=Level.DISTRICT)
    return _register(district, Level.STREET, parent, names, by)


def register_community(street: Area, *, code: str, name: str, by: Viewer) -> Area:
    """Name one community of the street; see `register_communities`."""
    return register_communities(street, [AreaName(code, name)], by=by)[0]


def register_communities(
    street: Area, names: Sequence[AreaName], *, by: Viewer
) -> tuple[Area, ...]:
    """Name communities of a street by their 12-digit codes; known codes are left as they are.

    Refuses codes of another street (Invalid). One audit row.
    """
    if street.level != Level.STREET:
        raise Invalid(_("社区要建在街道下面"), field="street")
    return _register(street.district, Level.COMMUNITY, street, names, by)


def _register(
    district: District, level: Level, parent: Area, names: Sequence[AreaName], by: Viewer
) -> tuple[Area, ...]:
    _permit(by)
    for row in names:
        rules.check_code(level, row.code, parent.code)
    with transaction.atomic():
        codes = [row.code for row in names]
        known = {area.code: area for area in Area.objects.filter(district=district, code__in=codes)}
        fresh = [
            Area(
                district=district,
                level=level,
                code=row.code,
                name=rules.check_name(row.name),
                short_name=row.short_name,
                street_id=parent.id if level == Level.COMMUNITY else None,
                in_use=row.in_use,
            )
            for row in names
            if row.code not in known
        ]
        Area.objects.bulk_create(fresh)
        _open_versions(fresh, parent, clock.now())
        taken = [
            known[row.code]
            for row in names
            if row.code in known and row.in_use and not known[row.code].in_use
        ]
        for area in taken:
            area.in_use = True
        Area.objects.bulk_update(taken, ["in_use"])
        known |= {area.code: area for area in fresh}
        if fresh or taken:
            record(
                by=by,
                verb=f"places.register_{level.value}",
                subject_kind="area",
                subject_id=parent.id,
                detail={"named": len(fresh), "taken_into_use": len(taken)},
            )
    return tuple(known[code] for code in codes)


def set_border(
    area: Area, border: Any, *, valid_from: datetime, by: Viewer, crs: str = "CGCS2000"
) -> AreaVersion:
    """Draw the border of one area from a moment on; see `set_borders`."""
    return set_borders([(area, border)], valid_from=valid_from, by=by, crs=crs)[0]


def set_borders(
    borders: Sequence[tuple[Area, Any]],
    *,
    valid_from: datetime,
    by: Viewer,
    crs: str = "CGCS2000",
    source: str = "",
) -> tuple[AreaVersion, ...]:
    """Draw borders of areas of one district, all or none; the versions before end at `valid_from`.

    Borders are shapely geometries, WKB or GeoJSON in the named system (CGCS2000, WGS84, GCJ-02,
    BD-09; another is refused) and stored in CGCS2000. Refuses (Invalid): shapes that are no
    polygon, a moment still to come or before the version in force began. The map moves once.
    """
    _permit(by)
    _check_moment(valid_from)
    shapes = [rules.stored_polygon(border, crs) for _area, border in borders]
    with transaction.atomic():
        versions = tuple(
            _redraw(area, shape, valid_from, source)
            for (area, _border), shape in zip(borders, shapes, strict=True)
        )
        for district_id in {area.district_id for area, _border in borders}:
            _move_map(district_id)
            record(
                by=by,
                verb="places.set_borders",
                subject_kind="district",
                subject_id=district_id,
                detail={
                    "areas": [area.id for area, _b in borders if area.district_id == district_id]
                },
            )
    return versions


def open_grid(
    community: Area,
    *,
    number: int,
    border: Any,
    valid_from: datetime,
    by: Viewer,
    name: str = "",
    households: int | None = None,
    kind: str = "ordinary",
    crs: str = "CGCS2000",
) -> Area:
    """Open one grid in a community; see `open_grids`."""
    draft = GridDraft(number, border, name, households, kind)
    return open_grids(community, [draft], valid_from=valid_from, by=by, crs=crs)[0]


def open_grids(
    community: Area,
    drafts: Sequence[GridDraft],
    *,
    valid_from: datetime,
    by: Viewer,
    crs: str = "CGCS2000",
) -> tuple[Area, ...]:
    """Open grids in a community, all or none, with their borders; one audit row, one map move.

    A grid's code is the community's and its number in three digits; a code once used is never
    used again (Conflict). Refuses (Invalid) a grid of which more than 1 % lies outside its
    community's border, or over another grid.
    """
    _permit(by)
    _check_moment(valid_from)
    if community.level != Level.COMMUNITY:
        raise Invalid(_("网格要建在社区下面"), field="community")
    shapes = [
        None if draft.border is None else rules.stored_polygon(draft.border, crs)
        for draft in drafts
    ]
    with transaction.atomic():
        _check_fit(community, [shape for shape in shapes if shape is not None])
        grids = [_grid(community, draft) for draft in drafts]
        taken = Area.objects.filter(
            district_id=community.district_id, code__in=[grid.code for grid in grids]
        )
        if taken.exists() or len({grid.code for grid in grids}) < len(grids):
            raise Conflict(_("这个网格编号用过了，请换一个；编号停用后也不再用"))
        Area.objects.bulk_create(grids)
        AreaVersion.objects.bulk_create(
            [
                _version(grid, community, valid_from, shape, draft.households)
                for grid, draft, shape in zip(grids, drafts, shapes, strict=True)
            ]
        )
        _move_map(community.district_id)
        record(
            by=by,
            verb="places.open_grids",
            subject_kind="area",
            subject_id=community.id,
            detail={"grids": [grid.id for grid in grids]},
        )
    return tuple(grids)


def add_places(drafts: Sequence[PlaceDraft], *, district_id: int, by: Viewer) -> int:
    """Add places in bulk, parents before children; returns how many. One audit row.

    Areas are found by the point on the map as it is now (a stairwell or dwelling takes its
    parent's); a compound whose buildings lie in several grids lies in none. Refuses (Invalid) a
    draft without a name or whose parent does not exist.
    """
    _permit(by)
    with transaction.atomic():
        places = _places_of(drafts, district_id)
        _find_areas(places, district_id)
        Place.objects.bulk_create(places, batch_size=500)
        if any(place.kind == PlaceKind.COMPOUND for place in places):
            _move_map(district_id)
        counts: dict[str, int] = {}
        for place in places:
            counts[place.kind] = counts.get(place.kind, 0) + 1
        record(
            by=by,
            verb="places.add_places",
            subject_kind="district",
            subject_id=district_id,
            detail=counts,
        )
    return len(places)


def relocate_places(district_id: int, *, by: Viewer) -> int:
    """Find the areas of every place again after borders were drawn; returns how many moved."""
    _permit(by)
    with transaction.atomic():
        places = list(Place.objects.filter(district_id=district_id, retired_at=None).order_by("id"))
        before = {place.id: _areas_of(place) for place in places}
        depth = _depths(places)
        places.sort(key=lambda place: (depth[place.id], place.id))
        _find_areas(places, district_id)
        moved = [place for place in places if _areas_of(place) != before[place.id]]
        Place.objects.bulk_update(
            moved, ["street_id", "community_id", "grid_id", "compound_id"], batch_size=500
        )
        if moved:
            _move_map(district_id)
            record(
                by=by,
                verb="places.relocate_places",
                subject_kind="district",
                subject_id=district_id,
                detail={"moved": len(moved)},
            )
    return len(moved)


def _permit(by: Viewer) -> None:
    if not by.is_system and not by.has(Role.SYSTEM_ADMINISTRATOR):
        raise NotPermitted(_("区域和地点由系统管理员设置"))


def _check_moment(valid_from: datetime) -> None:
    if valid_from > clock.now():
        raise Invalid(_("边界从现在或以前的时刻起用，不能预先生效"), field="valid_from")


def _move_map(district_id: int) -> None:
    District.objects.filter(pk=district_id).update(map_version=new_id())


def _version(
    area: Area,
    parent: Area | None,
    valid_from: datetime,
    shape: BaseGeometry | None = None,
    households: int | None = None,
    source: str = "",
) -> AreaVersion:
    bounds = shape.bounds if shape is not None else (None, None, None, None)
    return AreaVersion(
        district_id=area.district_id,
        area=area,
        parent=parent,
        border=shapely.to_wkb(shape) if shape is not None else None,
        west=bounds[0],
        south=bounds[1],
        east=bounds[2],
        north=bounds[3],
        valid_from=valid_from,
        households=households,
        source=source,
    )


def _open_versions(areas: Iterable[Area], parent: Area | None, valid_from: datetime) -> None:
    AreaVersion.objects.bulk_create([_version(area, parent, valid_from) for area in areas])


def _redraw(area: Area, shape: BaseGeometry, valid_from: datetime, source: str) -> AreaVersion:
    """End the version in force and open the next; the first border goes into the first version."""
    running = AreaVersion.objects.select_for_update().get(area=area, valid_to=None)
    fresh = _version(area, running.parent, valid_from, shape, running.households, source)
    if running.border is None:
        # Named but never drawn: there is no other border to keep for those days.
        fresh.id = running.id
        fresh.valid_from = min(running.valid_from, valid_from)
        fresh.save(force_update=True)
        return fresh
    if valid_from <= running.valid_from:
        raise Invalid(_("新边界要晚于现在这条边界的起用时间"), field="valid_from")
    running.valid_to = valid_from
    running.save(update_fields=["valid_to"])
    fresh.save(force_insert=True)
    return fresh


def _grid(community: Area, draft: GridDraft) -> Area:
    if not 1 <= draft.number <= 999:
        raise Invalid(_("网格编号从 1 到 999"), field="number")
    if draft.kind not in rules.GRID_KINDS:
        raise Invalid(_("网格类型是普通网格或专属网格"), field="kind")
    short = f"第{draft.number}网格"
    return Area(
        district_id=community.district_id,
        level=Level.GRID,
        code=f"{community.code}{draft.number:03d}",
        name=rules.check_name(draft.name or f"{community.name}{short}"),
        short_name="" if draft.name else short,
        grid_kind=draft.kind,
        street_id=community.street_id,
        community_id=community.id,
    )


def _check_fit(community: Area, shapes: Sequence[BaseGeometry]) -> None:
    border = AreaVersion.objects.get(area=community, valid_to=None).border
    if border is not None:
        whole = shapely.from_wkb(bytes(border))
        for shape in shapes:
            if rules.outside_share(shape, whole) > rules.TOLERATED_SHARE:
                raise Invalid(_("网格伸出了社区的边界"), field="border")
    standing = AreaVersion.objects.filter(
        area__community_id=community.id,
        area__level=Level.GRID,
        valid_to=None,
        border__isnull=False,
    ).values_list("border", flat=True)
    every = [*(shapely.from_wkb(bytes(border or b"")) for border in standing), *shapes]
    tree = shapely.STRtree(every)
    for one, other in tree.query(every, predicate="intersects").T:
        if one < other and rules.overlap_share(every[one], every[other]) > rules.TOLERATED_SHARE:
            raise Invalid(_("网格之间有重叠"), field="border")


def _places_of(drafts: Sequence[PlaceDraft], district_id: int) -> list[Place]:
    known: set[int] = {draft.id for draft in drafts}
    outer = {draft.parent_id for draft in drafts if draft.parent_id} - known
    if Place.objects.filter(pk__in=outer, district_id=district_id).count() < len(outer):
        raise Invalid(_("上级地点不存在"), field="parent_id")
    return [_place(draft, district_id) for draft in drafts]


def _place(draft: PlaceDraft, district_id: int) -> Place:
    longitude, latitude = draft.longitude, draft.latitude
    if longitude is None and draft.shape is not None:
        inside = draft.shape.representative_point()
        longitude, latitude = inside.x, inside.y
    return Place(
        id=draft.id,
        district_id=district_id,
        kind=draft.kind,
        parent_id=draft.parent_id,
        name=rules.check_name(draft.name, 80),
        address=draft.address,
        longitude=longitude,
        latitude=latitude,
        shape=shapely.to_wkb(draft.shape) if draft.shape is not None else None,
        households=draft.households,
        floors=draft.floors,
    )


def _find_areas(places: Sequence[Place], district_id: int) -> None:
    """Set the areas of places, parents before children, in memory."""
    by_id: dict[int, Place] = {place.id: place for place in places}
    missing = {place.parent_id for place in places if place.parent_id} - by_id.keys()
    by_id |= Place.objects.in_bulk(missing)
    located = index_of(district_id).locate(
        [np.nan if place.longitude is None else place.longitude for place in places],
        [np.nan if place.latitude is None else place.latitude for place in places],
    )
    grids: dict[int, set[int | None]] = {}
    for row, place in enumerate(places):
        parent = by_id.get(place.parent_id or 0)
        if parent is not None:
            above = parent.id if parent.kind == PlaceKind.COMPOUND else parent.compound_id
            place.compound_id = above
        if parent is not None and place.kind in {PlaceKind.STAIRWELL, PlaceKind.DWELLING}:
            _take_after(place, parent)
            continue
        if place.longitude is not None:
            place.street_id = int(located.street_ids[row]) or place.street_id
            place.community_id = int(located.community_ids[row]) or place.community_id
            place.grid_id = int(located.grid_ids[row]) or None
        if place.compound_id and place.kind == PlaceKind.BUILDING:
            grids.setdefault(place.compound_id, set()).add(place.grid_id)
    for compound_id, found in grids.items():
        if compound_id in by_id and len(found) > 1:
            by_id[compound_id].grid_id = None


def _take_after(place: Place, parent: Place) -> None:
    place.street_id, place.community_id = parent.street_id, parent.community_id
    place.grid_id = parent.grid_id
    if place.longitude is None:
        place.longitude, place.latitude = parent.longitude, parent.latitude


def _areas_of(place: Place) -> tuple[int | None, ...]:
    return (place.street_id, place.community_id, place.grid_id, place.compound_id)


def _depths(places: Sequence[Place]) -> Mapping[int, int]:
    parents = {place.id: place.parent_id for place in places}
    depths: dict[int, int] = {}
    for place_id in parents:
        path = [place_id]
        while (above := parents.get(path[-1])) is not None and above not in depths:
            path.append(above)
        base = depths.get(parents.get(path[-1]) or 0, -1)
        for step, one in enumerate(reversed(path), start=1):
            depths[one] = base + step
    return depths
