"""Laying the demo town into the records: areas from the register, borders, grids, places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gezhi.faces.terminal.demo.grids import TownGrid
from gezhi.faces.terminal.demo.town import Town, TownCompound
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import actions
from gezhi.records.places.actions import AreaName, GridDraft, PlaceDraft
from gezhi.records.places.models import Area, District, PlaceKind
from gezhi.records.places.queries import locate_many
from gezhi.records.places.register import Register

DISTRICT_CODE = "510104"
STREET_NAME = "锦官驿街道"


@dataclass(frozen=True, slots=True)
class Ground:
    """The areas of the demo: communities and their grids by code."""

    district: District
    street: Area
    communities: Mapping[str, Area]
    grids: Sequence[Area]


def lay_ground(town: Town, grids: Sequence[TownGrid], register: Register, *, by: Viewer) -> Ground:
    """Name the district, all its streets, the communities of the demo street, and draw them.

    Raises LookupError when the register does not hold the district and street.
    """
    listed = register.district(DISTRICT_CODE)
    if listed is None:
        raise LookupError(f"the register has no district {DISTRICT_CODE}")
    district = actions.register_district(
        code=listed.code,
        name=listed.name,
        city_name=listed.city_name,
        province_name=listed.province_name,
        by=by,
    )
    streets = actions.register_streets(
        district,
        [
            AreaName(row.code, row.name, in_use=row.name == STREET_NAME)
            for row in register.streets(DISTRICT_CODE)
        ],
        by=by,
    )
    street = next(area for area in streets if area.name == STREET_NAME)
    communities = actions.register_communities(
        street,
        [AreaName(row.code, row.name) for row in register.communities(street.code)],
        by=by,
    )
    by_code = {area.code[-3:]: area for area in communities}
    now = clock.now()
    actions.set_borders(
        [(street, town.outline)]
        + [(by_code[code], shape) for code, shape in town.communities.items()],
        valid_from=now,
        by=by,
        source="演示街道的平面图",
    )
    opened: list[Area] = []
    for code in sorted(by_code):
        opened.extend(
            actions.open_grids(
                by_code[code],
                [
                    GridDraft(grid.number, grid.shape, households=grid.households)
                    for grid in grids
                    if grid.community == code
                ],
                valid_from=now,
                by=by,
            )
        )
    return Ground(district, street, by_code, opened)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place things happen at, as a reporter would say and point to it."""

    name: str
    words: str
    place_id: int
    longitude: float
    latitude: float
    grid_id: int
    floors: int = 0


def add_town(town: Town, ground: Ground, *, by: Viewer) -> dict[str, list[Spot]]:
    """Add every road, compound, building, stairwell, dwelling and site in one deed.

    Returns the places cases can happen at: by road, compound, building, or kind of site.
    """
    district = ground.district
    prefix = f"{district.city_name}{district.name}"
    drafts = [PlaceDraft(PlaceKind.ROAD, road.name, shape=road.line) for road in town.roads]
    drafts += [
        PlaceDraft(
            PlaceKind.SITE,
            _site_name(site.name, site.kind, ground.communities[site.community].name),
            address=f"{prefix}{site.address}",
            shape=site.shape,
        )
        for site in town.sites
    ]
    for compound in town.compounds:
        drafts.extend(_compound(compound, prefix))
    actions.add_places(drafts, district_id=district.id, by=by)
    return _spots(town, drafts, district.id)


def _spots(town: Town, drafts: Sequence[PlaceDraft], district_id: int) -> dict[str, list[Spot]]:
    """Every draft a case can happen at, its point inside the shape and the grid of that point."""
    names = {draft.id: draft.name for draft in drafts if draft.kind == PlaceKind.COMPOUND}
    kinds = iter([site.kind for site in town.sites])
    rows: list[tuple[str, PlaceDraft, str]] = []
    for draft in drafts:
        if draft.kind == PlaceKind.SITE:
            rows.append((next(kinds), draft, draft.name))
        elif draft.kind == PlaceKind.BUILDING:
            rows.append(("building", draft, f"{names[draft.parent_id or 0]}{draft.name}"))
        elif draft.kind in {PlaceKind.ROAD, PlaceKind.COMPOUND}:
            rows.append((draft.kind.value, draft, draft.name))
    points = [_point_of(draft) for _kind, draft, _name in rows]
    located = locate_many(district_id, [x for x, _y in points], [y for _x, y in points])
    found: dict[str, list[Spot]] = {}
    for (kind, draft, name), (x, y), grid_id in zip(rows, points, located.grid_ids, strict=True):
        if grid_id:
            words = f"{name}中段" if kind == "road" else name
            found.setdefault(kind, []).append(
                Spot(name, words, draft.id, x, y, int(grid_id), draft.floors or 0)
            )
    return found


def gates_of(spots: Mapping[str, Sequence[Spot]]) -> dict[int, str]:
    """For each grid the compound at whose gate its crew can be met."""
    return {spot.grid_id: f"{spot.name}门口" for spot in reversed(spots["compound"])}


def _point_of(draft: PlaceDraft) -> tuple[float, float]:
    shape = draft.shape
    if shape is None:
        raise ValueError("a place without a shape has no point")
    if draft.kind == PlaceKind.ROAD:
        inside = shape.interpolate(0.43, normalized=True)
    else:
        inside = shape.representative_point()
    return round(inside.x, 7), round(inside.y, 7)


def _site_name(name: str, kind: str, community: str) -> str:
    """Names that come in several communities say which one."""
    if kind == "service":
        return f"{community}{name}"
    if kind in {"river", "greenway"}:
        return f"{name}（{community.removesuffix('社区')}段）"
    return name


def _compound(compound: TownCompound, prefix: str) -> Iterator[PlaceDraft]:
    address = f"{prefix}{compound.address}"
    whole = f"{address}{compound.name}"
    if compound.name.startswith(compound.address):
        whole = f"{prefix}{compound.name}"
    top = PlaceDraft(
        PlaceKind.COMPOUND,
        compound.name,
        address=address,
        shape=compound.shape,
        households=compound.households,
    )
    yield top
    for building in compound.buildings:
        house = PlaceDraft(
            PlaceKind.BUILDING,
            building.name,
            parent_id=top.id,
            address=f"{whole}{building.name}",
            shape=building.shape,
            households=building.households,
            floors=building.floors,
        )
        yield house
        for number in range(1, building.stairwells + 1):
            doors = building.doors()
            stairs = PlaceDraft(
                PlaceKind.STAIRWELL,
                f"{number}单元",
                parent_id=house.id,
                address=f"{house.address}{number}单元",
                households=len(doors),
            )
            yield stairs
            for door in doors:
                yield PlaceDraft(
                    PlaceKind.DWELLING,
                    door,
                    parent_id=stairs.id,
                    address=f"{stairs.address}{door}号",
                    households=1,
                )
