"""Versions of areas: opening, redrawing, and the map that moves with them."""

from collections.abc import Iterable
from datetime import datetime

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, NotPermitted
from gezhi.kernel.ids import new_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.models import Area, AreaVersion, District


def permit(by: Viewer) -> None:
    if not by.is_system and not by.may(Right.SET_UP):
        raise NotPermitted(_("区域和地点由系统管理员设置"))


def refuse_future(valid_from: datetime) -> None:
    if valid_from > clock.now():
        raise Invalid(_("边界从现在或以前的时刻起用，不能预先生效"), field="valid_from")


def move_map(district_id: int) -> None:
    District.objects.filter(pk=district_id).update(map_version=new_id())


def version(
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


def open_versions(areas: Iterable[Area], parent: Area | None, valid_from: datetime) -> None:
    AreaVersion.objects.bulk_create([version(area, parent, valid_from) for area in areas])


def redraw(area: Area, shape: BaseGeometry, valid_from: datetime, source: str) -> AreaVersion:
    """End the version in force and open the next; the first border goes into the first version."""
    running = AreaVersion.objects.select_for_update().get(area=area, valid_to=None)
    fresh = version(area, running.parent, valid_from, shape, running.households, source)
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
