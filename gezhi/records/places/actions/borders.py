"""Drawing borders and opening grids; every change moves the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from gezhi.ground.audit.actions import record
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import rules
from gezhi.records.places.actions._versions import move_map, permit, redraw, refuse_future, version
from gezhi.records.places.models import Area, AreaVersion


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
    permit(by)
    refuse_future(valid_from)
    shapes = [rules.stored_polygon(border, crs) for _area, border in borders]
    with transaction.atomic():
        versions = tuple(
            redraw(area, shape, valid_from, source)
            for (area, _border), shape in zip(borders, shapes, strict=True)
        )
        for district_id in {area.district_id for area, _border in borders}:
            move_map(district_id)
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
    permit(by)
    refuse_future(valid_from)
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
                version(grid, community, valid_from, shape, draft.households)
                for grid, draft, shape in zip(grids, drafts, shapes, strict=True)
            ]
        )
        move_map(community.district_id)
        record(
            by=by,
            verb="places.open_grids",
            subject_kind="area",
            subject_id=community.id,
            detail={"grids": [grid.id for grid in grids]},
        )
    return tuple(grids)


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
        name=rules.valid_name(draft.name or f"{community.name}{short}"),
        short_name="" if draft.name else short,
        grid_kind=draft.kind,
        street_id=community.street_id,
        community_id=community.id,
    )


def _check_fit(community: Area, shapes: Sequence[BaseGeometry]) -> None:
    if not shapes:
        return
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
