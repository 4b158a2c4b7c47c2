"""The demo town: roads, compounds, buildings and sites with names and addresses, from one seed.

A pure plan (numpy and shapely) laid over the true location of the street, round 104.085 E,
30.645 N; roads, compounds and houses are invented.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gezhi.faces.terminal.demo.ground import Ground, Road, ground_of
from gezhi.faces.terminal.demo.houses import House, halls_on, houses_on
from gezhi.faces.terminal.demo.names import CompoundNames, road_names

LONGITUDE, LATITUDE = 104.085, 30.645
_METRES_EAST = 111_320 * np.cos(np.radians(LATITUDE))
_METRES_NORTH = 110_870.0
HOUSEHOLDS = 9_000

# Communities in reading order of the plan, by their codes' last three digits in the register.
PLAN: Final = ("004", "002", "005", "003", "001", "006")

# What else stands in each community: kind and name; the largest blocks go to the first ones.
_SITES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "004": (
        ("mall", "和坊里商业街区"), ("temple", "慈云古寺"), ("office", "东城国际广场"),
        ("office", "银座写字楼"), ("park", "银杏广场"), ("service", "党群服务中心"),
    ),
    "002": (
        ("school", "双槐小学"), ("market", "双槐农贸市场"), ("office", "锦纹写字楼"),
        ("office", "崇德商务酒店"), ("park", "崇德游园"), ("service", "党群服务中心"),
    ),
    "005": (
        ("hospital", "锦东医院"), ("school", "锦东中学"), ("market", "点将农贸市场"),
        ("office", "东环汽车站"), ("park", "点将公园"), ("service", "党群服务中心"),
    ),
    "003": (
        ("office", "合江大厦"), ("school", "滨锦幼儿园"), ("market", "合江生鲜市场"),
        ("park", "合江亭广场"), ("service", "党群服务中心"),
    ),
    "001": (
        ("mall", "老酒坊文化街区"), ("school", "水井小学"), ("market", "水井农贸市场"),
        ("office", "江岸文创园"), ("park", "锦岸游园"), ("service", "党群服务中心"),
    ),
    "006": (
        ("office", "交子商务中心"), ("works", "江畔里项目工地"), ("school", "交子幼儿园"),
        ("market", "交子生鲜市场"), ("office", "锦东总部楼"), ("park", "东门公园"),
        ("service", "党群服务中心"),
    ),
}  # fmt: skip

# How old the houses of each community are: courtyard, walk_up, lift, tower.
_STYLES: Final = ("courtyard", "walk_up", "lift", "tower")
_AGES: Final = {
    "004": (0.34, 0.44, 0.16, 0.06),
    "002": (0.22, 0.50, 0.20, 0.08),
    "005": (0.10, 0.46, 0.30, 0.14),
    "003": (0.22, 0.44, 0.22, 0.12),
    "001": (0.34, 0.42, 0.16, 0.08),
    "006": (0.06, 0.40, 0.32, 0.22),
}
_BUILT: Final = {
    "courtyard": (1952, 1979),
    "walk_up": (1982, 1999),
    "lift": (2000, 2009),
    "tower": (2010, 2021),
}


@dataclass(frozen=True, slots=True)
class TownRoad:
    name: str
    kind: str
    line: LineString


@dataclass(frozen=True, slots=True)
class TownBuilding:
    """`name` as 3栋; doors are numbered floor and two digits, from `first_floor` up."""

    name: str
    shape: Polygon
    floors: int
    first_floor: int
    stairwells: int
    per_floor: int

    @property
    def households(self) -> int:
        return self.stairwells * self.per_floor * (self.floors - self.first_floor + 1)

    def doors(self) -> list[str]:
        """The door numbers of each stairwell, lowest floor first."""
        return [
            f"{floor}{door:02d}"
            for floor in range(self.first_floor, self.floors + 1)
            for door in range(1, self.per_floor + 1)
        ]


@dataclass(frozen=True, slots=True)
class TownCompound:
    """A compound behind one gate; `style` courtyard, walk_up, lift or tower."""

    name: str
    address: str
    community: str
    style: str
    built: int
    shape: Polygon
    buildings: tuple[TownBuilding, ...]

    @property
    def households(self) -> int:
        return sum(building.households for building in self.buildings)


@dataclass(frozen=True, slots=True)
class TownSite:
    """A public place: school, market, hospital, park, river …, with the halls on it."""

    name: str
    kind: str
    address: str
    community: str
    shape: BaseGeometry
    halls: tuple[Polygon, ...] = ()


@dataclass(frozen=True, slots=True)
class Town:
    """The whole plan in CGCS2000 degrees; communities by the last three digits of their codes."""

    outline: Polygon
    communities: dict[str, Polygon]
    roads: tuple[TownRoad, ...]
    compounds: tuple[TownCompound, ...]
    sites: tuple[TownSite, ...]

    @property
    def households(self) -> int:
        return sum(compound.households for compound in self.compounds)


def town_of(seed: int = 510104, *, households: int = HOUSEHOLDS) -> Town:
    """The town of this seed, with about so many households (within 2 %)."""
    rng = np.random.default_rng(seed)
    ground = ground_of(rng)
    return _Planner(ground, rng, households).town()


@dataclass(eq=False)
class _Lot:
    """A block or half a block to build one compound on; a lot is itself and no other."""

    shape: Polygon
    community: str
    style: str
    houses: tuple[House, ...] = ()


@dataclass
class _Planner:
    ground: Ground
    rng: np.random.Generator
    wanted: int
    names: list[str] = field(default_factory=list)
    used: set[tuple[str, int]] = field(default_factory=set)

    def town(self) -> Town:
        self.names = self._road_names()
        blocks = self._by_community()
        sites: list[TownSite] = []
        lots: list[_Lot] = []
        for community in PLAN:
            free = list(blocks[community])
            sites.extend(self._sites(community, free))
            lots.extend(self._lots(community, free))
        for lot in lots:
            lot.houses = houses_on(lot.shape, lot.style, self.rng)
        lots = [lot for lot in lots if lot.houses]
        self._settle(lots)
        called = CompoundNames(self.rng)
        # Newer compounds choose first: an old yard may well be called after its door.
        newest = sorted(lots, key=lambda lot: -_STYLES.index(lot.style))
        named = {lot: self._compound(lot, called) for lot in newest}
        compounds = tuple(named[lot] for lot in lots)
        sites.extend(self._water())
        roads = tuple(
            TownRoad(name, road.kind, _degrees(road.line))
            for name, road in zip(self.names, self.ground.roads, strict=True)
        )
        return Town(
            _degrees(self.ground.outline),
            {
                code: _degrees(shape)
                for code, shape in zip(PLAN, self.ground.communities, strict=True)
            },
            roads,
            compounds,
            tuple(sites),
        )

    def _road_names(self) -> list[str]:
        roads = self.ground.roads
        streets = [number for number, road in enumerate(roads) if road.kind != "lane"]
        tree = shapely.STRtree([roads[number].line for number in streets])
        middles = [road.line.interpolate(0.5, normalized=True) for road in roads]
        nearest = [streets[int(found)] for found in tree.nearest(middles)]
        return road_names([(road.kind, road.role) for road in roads], nearest)

    def _by_community(self) -> dict[str, list[Polygon]]:
        found: dict[str, list[Polygon]] = {code: [] for code in PLAN}
        for block in self.ground.blocks:
            inside = block.representative_point()
            for code, shape in zip(PLAN, self.ground.communities, strict=True):
                if shape.covers(inside):
                    found[code].append(block)
                    break
        return found

    def _sites(self, community: str, free: list[Polygon]) -> list[TownSite]:
        """Take blocks out of `free` for the public sites: service centres and parks small ones."""
        sites = []
        for kind, name in _SITES[community]:
            free.sort(key=lambda block: block.area)
            if kind in {"service", "park"}:
                block = free.pop(0)
            else:
                block = free.pop(int(len(free) * self.rng.uniform(0.55, 0.95)))
            road, number = self._door(block)
            halls = () if kind == "park" else halls_on(block, kind, self.rng)
            sites.append(
                TownSite(
                    name,
                    kind,
                    f"{road}{number}号",
                    community,
                    _degrees(block.buffer(-1.0)),
                    tuple(_degrees(hall) for hall in halls),
                )
            )
        free.sort(key=lambda block: (-round(block.centroid.y / 90), block.centroid.x))
        return sites

    def _lots(self, community: str, blocks: list[Polygon]) -> list[_Lot]:
        lots: list[_Lot] = []
        for block in blocks:
            style = str(self.rng.choice(_STYLES, p=_AGES[community]))
            parts = [block]
            if style in {"courtyard", "walk_up"} and block.area > 9_500:
                parts = _halved(block)
            lots.extend(_Lot(part, community, style) for part in parts)
        return lots

    def _settle(self, lots: list[_Lot]) -> None:
        """Bring the town near its households: where there are too many, houses lose a floor."""
        total = sum(house.households for lot in lots for house in lot.houses)
        for number in self.rng.permutation(len(lots)).tolist() * 4:
            lot = lots[number]
            if total <= self.wanted * 1.01:
                break
            kept = tuple(_lower(house, lot.style) for house in lot.houses)
            total += sum(house.households for house in kept)
            total -= sum(house.households for house in lot.houses)
            lot.houses = kept

    def _compound(self, lot: _Lot, called: CompoundNames) -> TownCompound:
        road, number = self._door(lot.shape)
        address = f"{road}{number}号"
        first, last = _BUILT[lot.style]
        return TownCompound(
            called.name(lot.style, address),
            address,
            lot.community,
            lot.style,
            int(self.rng.integers(first, last + 1)),
            _degrees(lot.shape.buffer(-1.0)),
            tuple(
                TownBuilding(
                    f"{order}栋",
                    _degrees(house.footprint),
                    house.floors,
                    house.first_floor,
                    house.stairwells,
                    house.per_floor,
                )
                for order, house in enumerate(lot.houses, start=1)
            ),
        )

    def _door(self, block: Polygon) -> tuple[str, int]:
        """Road and number of a gate: odd on the left of the road, even on the right, each once."""
        middle = block.centroid
        distances = [
            block.exterior.distance(road.line) + (4 if road.kind == "arterial" else 0)
            for road in self.ground.roads
        ]
        nearest = int(np.argmin(distances))
        line = self.ground.roads[nearest].line
        along = line.project(middle)
        number = 2 * int(along // 11) + (1 if _on_left(line, along, middle) else 2)
        name = self.names[nearest]
        while (name, number) in self.used:
            number += 2
        self.used.add((name, number))
        return name, number

    def _water(self) -> list[TownSite]:
        """River and greenway, parted by community so that each point of them has one."""
        found = []
        for code, community in zip(PLAN, self.ground.communities, strict=True):
            for name, kind, shape in (
                ("锦江河道", "river", self.ground.river),
                ("滨江绿道", "greenway", self.ground.greenway),
            ):
                part = shape.intersection(community)
                if part.area > 500:
                    found.append(TownSite(name, kind, "滨锦路旁", code, _degrees(part)))
        return found


# What houses of a style never go below.
_LOWEST: Final = {"courtyard": 2, "walk_up": 4, "lift": 8, "tower": 13}


def _lower(house: House, style: str) -> House:
    floors = max(_LOWEST[style], house.floors - 1)
    return House(house.footprint, floors, house.stairwells, house.per_floor, house.shops)


def _halved(block: Polygon) -> list[Polygon]:
    """The block cut in two across its longer side, with a wall's breadth between."""
    box = np.asarray(block.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = [box[1] - box[0], box[2] - box[1]]
    long = sides[0] if np.hypot(*sides[0]) >= np.hypot(*sides[1]) else sides[1]
    middle = np.asarray(block.centroid.coords[0])
    across = np.array([-long[1], long[0]])
    wall = LineString([tuple(middle - across), tuple(middle + across)]).buffer(0.8)
    parts = [part for part in shapely.get_parts(block.difference(wall)) if part.area > 2_000]
    return sorted(parts, key=lambda part: (part.centroid.x, part.centroid.y)) or [block]


def _on_left(line: LineString, along: float, point: Any) -> bool:
    here, ahead = line.interpolate(along), line.interpolate(min(along + 1, line.length))
    back = line.interpolate(max(along - 1, 0))
    run_x, run_y = ahead.x - back.x, ahead.y - back.y
    return bool(run_x * (point.y - here.y) - run_y * (point.x - here.x) > 0)


def _degrees(shape: Any) -> Any:
    """Metres of the plan as degrees, to a centimetre."""
    return shapely.transform(
        shape,
        lambda xy: np.round(xy / (_METRES_EAST, _METRES_NORTH) + (LONGITUDE, LATITUDE), 7),
    )


__all__ = [
    "PLAN",
    "Road",
    "Town",
    "TownBuilding",
    "TownCompound",
    "TownRoad",
    "TownSite",
    "town_of",
]
