"""Naming districts, streets and communities by code."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gezhi.ground.audit.actions import record
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import rules
from gezhi.records.places.actions._versions import open_versions, permit
from gezhi.records.places.models import Area, District


@dataclass(frozen=True, slots=True)
class AreaName:
    """An area to be named: its code and name as in the register."""

    code: str
    name: str
    short_name: str = ""
    in_use: bool = True


def register_district(
    *, code: str, name: str, city_name: str = "", province_name: str = "", by: Viewer
) -> District:
    """Name the district this installation serves; the same code again gives the district there is.

    Refuses a code that has not six digits (Invalid) and anyone but the system administrator.
    """
    permit(by)
    rules.valid_code(Level.DISTRICT, code)
    name = rules.valid_name(name, 50)
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
        open_versions([area], None, clock.now())
        record(
            by=by,
            verb="places.register_district",
            subject_kind="district",
            subject_id=district.id,
            detail={"code": code},
            district_id=district.id,
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
    permit(by)
    for row in names:
        rules.valid_code(level, row.code, parent.code)
    with transaction.atomic():
        codes = [row.code for row in names]
        known = {area.code: area for area in Area.objects.filter(district=district, code__in=codes)}
        fresh = [
            Area(
                district=district,
                level=level,
                code=row.code,
                name=rules.valid_name(row.name),
                short_name=row.short_name,
                street_id=parent.id if level == Level.COMMUNITY else None,
                in_use=row.in_use,
            )
            for row in names
            if row.code not in known
        ]
        Area.objects.bulk_create(fresh)
        open_versions(fresh, parent, clock.now())
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
                district_id=parent.district_id,
            )
    return tuple(known[code] for code in codes)
