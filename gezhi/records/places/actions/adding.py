"""Adding places in bulk and finding their areas again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from gezhi.ground.audit.actions import record
from gezhi.kernel.errors import Invalid
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import rules
from gezhi.records.places.actions._versions import move_map, permit
from gezhi.records.places.index import index_of
from gezhi.records.places.models import NUMBERED, Place, PlaceKind


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


def add_places(drafts: Sequence[PlaceDraft], *, district_id: int, by: Viewer) -> int:
    """Add places in bulk, parents before children; returns how many. One audit row.

    Areas are found by the point on the map as it is now (a stairwell or dwelling takes its
    parent's); a compound whose buildings lie in several grids lies in none. Refuses (Invalid) a
    draft without a name or whose parent does not exist.
    """
    permit(by)
    with transaction.atomic():
        places = _places_of(drafts, district_id)
        _find_areas(places, district_id)
        Place.objects.bulk_create(places, batch_size=500)
        if any(place.kind == PlaceKind.COMPOUND for place in places):
            move_map(district_id)
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
    permit(by)
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
            move_map(district_id)
            record(
                by=by,
                verb="places.relocate_places",
                subject_kind="district",
                subject_id=district_id,
                detail={"moved": len(moved)},
            )
    return len(moved)


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
    is_within = draft.parent_id is not None and draft.kind in NUMBERED
    return Place(
        id=draft.id,
        district_id=district_id,
        kind=draft.kind,
        parent_id=draft.parent_id,
        name=rules.valid_name(draft.name, 80, within=is_within),
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
