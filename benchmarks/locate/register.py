"""A district's register of places: the demo street and, round it, estates, yards and villages.

The demo street (`gezhi.faces.terminal.demo.town`) has 9,000 dwellings behind tidy names. Round it
this file lays what a whole district has: phases, areas 区 and groups 组团, buildings by letter,
houses without stairwells, villages, two compounds of one name, names that differ by one sign or by
sound. Everything is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.locate import names
from gezhi.faces.terminal.demo.town import town_of

DWELLINGS: Final = 50_000
_SEED: Final = 510104


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the register; kinds as in `gezhi.records.places`, facility for a public site."""

    id: int
    kind: str
    name: str
    parent: int | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """What one can say of a place: the labels a person would use, and the rows they mean.

    Labels are "" and rows 0 where the place has no such part (a house without stairwells).
    """

    compound: int
    name: str
    road: str = ""
    number: int = 0
    phase: str = ""
    area: str = ""
    group: str = ""
    building: str = ""
    building_row: int = 0
    stairwell: str = ""
    stairwell_row: int = 0
    floor: int = 0
    door: str = ""
    room: str = ""
    room_row: int = 0
    village: bool = False


@dataclass
class Register:
    """Rows, and the homes in them; `nicknames` are what an office learnt (place → other names)."""

    rows: list[Row] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    sites: list[Row] = field(default_factory=list)
    roads: list[Row] = field(default_factory=list)
    nicknames: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def add(self, kind: str, name: str, parent: int | None = None, address: str = "") -> int:
        """A new row's id."""
        row = Row(1_000 + len(self.rows), kind, name, parent, address)
        self.rows.append(row)
        return row.id


@dataclass(frozen=True, slots=True)
class _House:
    label: str
    written: str
    stairwells: int
    floors: int
    doors: int
    phase: str = ""
    area: str = ""
    group: str = ""
    lettered: bool = False


def district(dwellings: int = DWELLINGS, seed: int = _SEED) -> Register:
    """The register of this seed, with at least so many dwellings."""
    rng = np.random.default_rng(seed)
    register = Register()
    _street(register)
    _villages(register, rng)
    _estates(register, rng, dwellings)
    _nicknames(register, rng)
    return register


def _street(register: Register) -> None:
    town = town_of()
    for road in town.roads:
        register.add("road", road.name)
        register.roads.append(register.rows[-1])
    for site in town.sites:
        if site.kind not in {"river", "greenway", "service"}:
            register.add("facility", site.name, address=f"成都市锦江区{site.address}")
            register.sites.append(register.rows[-1])
    for compound in town.compounds:
        houses = [
            _House(
                house.name.removesuffix("栋"),
                house.name,
                house.stairwells,
                house.floors,
                house.per_floor,
            )
            for house in compound.buildings
        ]
        street = compound.address.rstrip("号0123456789")
        number = int(compound.address[len(street) : -1])
        _compound(register, compound.name, (street, number), houses)


def _compound(register: Register, name: str, door: tuple[str, int], houses: list[_House]) -> None:
    road, number = door
    place = register.add("compound", name, address=f"成都市锦江区{road}{number}号")
    for house in houses:
        row = register.add("building", house.written, place)
        home = Home(
            place, name, road, number, house.phase, house.area, house.group, house.label, row
        )
        for stairwell in range(1, max(1, house.stairwells) + 1):
            _stairwell(register, home, house, stairwell)


def _stairwell(register: Register, home: Home, house: _House, number: int) -> None:
    stairs = (
        register.add("stairwell", f"{number}单元", home.building_row) if house.stairwells else 0
    )
    for floor in range(1, house.floors + 1):
        for door in range(1, house.doors + 1):
            sign = chr(64 + door) if house.lettered else f"{door:02d}"
            room = f"{floor}{sign}"
            row = register.add("dwelling", room, stairs or home.building_row)
            register.homes.append(
                Home(
                    home.compound, home.name, home.road, home.number,
                    home.phase, home.area, home.group, home.building, home.building_row,
                    str(number) if stairs else "", stairs, floor, sign, room, row,
                )
            )  # fmt: skip


def _villages(register: Register, rng: np.random.Generator) -> None:
    for name in names.VILLAGES:
        village = register.add("compound", name)
        for group in range(1, int(rng.integers(4, 11))):
            row = register.add("building", f"{group}组", village)
            for house in range(1, int(rng.integers(12, 36))):
                home = register.add("dwelling", f"{house}号", row)
                register.homes.append(
                    Home(
                        village, name, building=str(group), building_row=row,
                        room=str(house), room_row=home, village=True,
                    )
                )  # fmt: skip


def _estates(register: Register, rng: np.random.Generator, dwellings: int) -> None:
    called = names.estate_names(rng)
    doors = _doors(rng)
    for road in names.ROADS:
        register.add("road", road)
        register.roads.append(register.rows[-1])
    while len(register.homes) < dwellings:
        for name, houses in _estate(next(called), rng):
            _compound(register, name, next(doors), houses)


def _doors(rng: np.random.Generator) -> Iterator[tuple[str, int]]:
    seen: set[tuple[str, int]] = set()
    while True:
        door = (str(rng.choice(names.ROADS)), int(rng.integers(1, 400)))
        if door not in seen:
            seen.add(door)
            yield door


def _estate(name: str, rng: np.random.Generator) -> Iterator[tuple[str, list[_House]]]:
    """One estate, or two compounds where its phases are registered apart."""
    style = str(rng.choice(names.STYLES, p=names.STYLE_SHARES))
    if style == "apart" and name not in names.DOUBLE:
        for phase in ("一期", "二期"):
            yield f"{name}{phase}", _houses("plain", rng)
    else:
        yield name, _houses("plain" if style == "apart" else style, rng)


def _houses(style: str, rng: np.random.Generator) -> list[_House]:
    floors = int(rng.choice([6, 7, 11, 18, 26, 33], p=[0.2, 0.15, 0.2, 0.25, 0.12, 0.08]))
    doors = int(rng.integers(2, 5))
    stairwells = int(rng.integers(1, 4)) if floors < 20 else int(rng.integers(1, 3))
    count = int(rng.integers(2, 9))
    shape = (0 if style == "bare" else stairwells, floors, doors)
    found: list[_House] = []
    for number in range(1, count + 1):
        found.extend(_written(style, number, count, shape))
    return found


def _written(style: str, number: int, count: int, shape: tuple[int, int, int]) -> Iterator[_House]:
    letter = chr(64 + number)
    half = 1 + (number > count // 2)
    if style == "letter":
        yield _House(letter, f"{letter}座", *shape)
    elif style == "letter_number":
        yield _House(f"A{number}", f"A{number}栋", *shape)
    elif style == "number":
        yield _House(str(number), f"{number}号楼", *shape)
    elif style == "stem":
        yield _House("甲乙丙丁戊己庚辛"[number - 1], f"{'甲乙丙丁戊己庚辛'[number - 1]}栋", *shape)
    elif style == "phases":
        phase = "一二"[half - 1]
        yield _House(str(number), f"{phase}期{number}栋", *shape, phase=str(half))
    elif style == "areas":
        # Each area counts its buildings from one, so the area decides.
        for area in "AB":
            yield _House(str(number), f"{area}区{number}栋", *shape, area=area)
    elif style == "groups":
        for group in (1, 2):
            yield _House(str(number), f"{group}组团{number}栋", *shape, group=str(group))
    else:
        yield _House(str(number), f"{number}栋", *shape, lettered=style == "lettered")


def _nicknames(register: Register, rng: np.random.Generator) -> None:
    """What people call a compound instead: nothing in it comes from the name. Some are shared."""
    called = iter(rng.permutation(names.NICKNAMES).tolist())
    seen: set[str] = set()
    last = ""
    compounds = [row for row in register.rows if row.kind == "compound"]
    for row in (compounds[place] for place in rng.permutation(len(compounds))):
        if row.name in seen:
            continue
        seen.add(row.name)
        nickname = next(called, "")
        if not nickname:
            break
        # One in thirty learnt names is used for two compounds.
        shared = bool(last) and rng.random() < 1 / 30
        register.nicknames[row.id] = (last,) if shared else (nickname,)
        last = nickname
