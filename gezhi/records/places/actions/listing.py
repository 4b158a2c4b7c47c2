"""Grids known by a list of compounds and buildings: for offices that have no map.

A point finds no such grid, words and addresses do. When borders are drawn later, they decide for
every place that has a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit.actions import record
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import rules
from gezhi.records.places.actions.borders import open_grid
from gezhi.records.places.actions.naming import register_community
from gezhi.records.places.models import Area, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: a compound, whole when no buildings are named."""

    compound: str
    buildings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """What a list brought: the grid and how many places were new or moved."""

    grid_id: int
    added: int
    moved: int


def lines_from_text(text: str) -> list[Listed]:
    """A line each: 「均隆花园：1栋、2栋」 or 「均隆花园」; blank lines are skipped.

    Refuses (Invalid) a compound named twice and an empty list.
    """
    found: list[Listed] = []
    for line in text.splitlines():
        compound, _colon, rest = line.replace(":", "：").partition("：")
        words = rest.replace(",", "、").replace("，", "、").replace(" ", "、").split("、")
        if not compound.strip():
            continue
        name = _named(compound)
        if name in {one.compound for one in found}:
            raise Invalid(_("“%(name)s”写了两行，请合成一行") % {"name": name}, field="places")
        buildings = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
        found.append(Listed(name, buildings))
    if not found:
        raise Invalid(_("请至少写一个小区或院落"), field="places")
    return found


def _named(compound: str) -> str:
    try:
        return rules.valid_name(compound, 80)
    except Invalid as refusal:
        said = {"name": compound.strip()[:80], "why": refusal.message}
        raise Invalid(_("“%(name)s”：%(why)s") % said, field="places") from refusal


def name_community(*, street_id: int, code: str, name: str, by: Viewer) -> Area:
    """Name a community by its 12-digit code in a street of the viewer's district.

    Refuses (Invalid) a street that is none and a code that is not the street's; Conflict for a
    code that is named already.
    """
    street = Area.objects.filter(pk=street_id, level=Level.STREET).select_related("district")
    found = street.first()
    if found is None or not (by.is_system or by.district_id == found.district_id):
        raise Invalid(_("请选择街道"), field="street")
    code = code.strip()
    if Area.objects.filter(district_id=found.district_id, code=code).exists():
        raise Conflict(_("这个代码已经有社区了"), field="code")
    return register_community(found, code=code, name=name, by=by)


@transaction.atomic
def open_listed_grid(
    *,
    community_id: int,
    number: int,
    lines: Sequence[Listed],
    by: Viewer,
    name: str = "",
    households: int | None = None,
) -> Filled:
    """Open a grid without a border and put the listed places into it; all or nothing.

    Refuses what `open_grids` refuses, and a community that is none (Invalid).
    """
    community = Area.objects.filter(pk=community_id, level=Level.COMMUNITY).first()
    if community is None:
        raise Invalid(_("请选择社区"), field="community")
    grid = open_grid(
        community, number=number, border=None, valid_from=clock.now(), by=by, name=name,
        households=households,
    )  # fmt: skip
    return fill_grid(grid_id=grid.pk, lines=lines, by=by)


@transaction.atomic
def fill_grid(*, grid_id: int, lines: Sequence[Listed], by: Viewer) -> Filled:
    """Put the listed compounds or buildings into a grid; unknown ones are added without a point.

    A compound all of whose buildings lie in one grid lies in it; otherwise in none. Refuses (Conflict)
    a place with a point: its grid is found on the map.
    """
    if not by.is_system and not by.may(Right.SET_UP):
        raise NotPermitted(_("区域和地点由系统管理员设置"))
    grid = Area.objects.get(pk=grid_id, level=Level.GRID)
    added = moved = 0
    for line in lines:
        compound, fresh = _known_or_new(grid, PlaceKind.COMPOUND, line.compound, None)
        added += fresh
        named = list(line.buildings)
        members = list(Place.objects.filter(parent=compound, kind=PlaceKind.BUILDING))
        for building in named:
            if building not in {member.name for member in members}:
                member, fresh = _known_or_new(grid, PlaceKind.BUILDING, building, compound)
                members.append(member)
                added += fresh
        chosen = [one for one in members if not named or one.name in named]
        for place in [*chosen, *([] if named else [compound])]:
            moved += _put(place, grid)
        _settle(compound, members, grid)
    record(
        by=by,
        verb="places.fill_grid",
        subject_kind="area",
        subject_id=grid.pk,
        detail={"added": added, "moved": moved},
    )
    return Filled(grid.pk, added, moved)


def _known_or_new(
    grid: Area, kind: PlaceKind, name: str, compound: Place | None
) -> tuple[Place, bool]:
    known = Place.objects.filter(
        district_id=grid.district_id, kind=kind, name=name, parent=compound, retired_at=None
    )
    if compound is None:
        known = known.filter(community_id=grid.community_id)
    found = known.first()
    if found is not None:
        return found, False
    place = Place(
        district_id=grid.district_id,
        kind=kind,
        name=rules.valid_name(name, 80, within=compound is not None),
        parent=compound,
        street_id=grid.street_id,
        community_id=grid.community_id,
        compound_id=compound.pk if compound else None,
    )
    place.save(force_insert=True)
    return place, True


def _put(place: Place, grid: Area) -> bool:
    if place.longitude is not None and place.grid_id not in (None, grid.pk):
        raise Conflict(
            _("“%(name)s”在地图上有位置，属于哪个网格由边界决定，请先调整边界")
            % {"name": place.name},
            field="places",
        )
    if place.grid_id == grid.pk:
        return False
    place.grid_id = grid.pk
    place.save(update_fields=["grid_id"])
    # What stands inside goes along: stairwells and dwellings have no grid of their own.
    inside = Place.objects.filter(parent=place).exclude(kind=PlaceKind.BUILDING)
    inside.update(grid_id=grid.pk)
    Place.objects.filter(parent__in=inside.values("pk")).update(grid_id=grid.pk)
    return True


def _settle(compound: Place, members: Sequence[Place], grid: Area) -> None:
    grids = {member.grid_id for member in members} or {grid.pk}
    whole = grids.pop() if len(grids) == 1 else None
    if compound.grid_id != whole:
        compound.grid_id = whole
        compound.save(update_fields=["grid_id"])
