"""A register of places laid out for looking up: names, doors on roads, buildings, rooms."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from gezhi.methods.locate.answers import Entry
from gezhi.methods.locate.grammar import tokens_from
from gezhi.methods.locate.names import EXACT, LEARNT, SHORT, Named, Names
from gezhi.methods.locate.near import NearNames
from gezhi.methods.locate.reading import NOTHING, Parts, readings
from gezhi.methods.locate.signs import bare, fold, plain
from gezhi.methods.locate.tails import stem_of

# Kinds that a text begins from; below them one gets by numbered parts.
_TOPS: Final = frozenset({"compound", "facility", "road"})
_PHASED: Final = re.compile(r"(.{2,}?)([0-9一二三四五六七八九十]{1,2})期$")
_DOOR: Final = re.compile(r"(.*?)([0-9]{1,5})号")
# Province, city, district, street and community before a road: 米市三巷 keeps its 市.
_REGION: Final = re.compile(
    r"(?:.{2,8}?(?:省|自治区))?(?:.{2,4}?市)?(?:.{1,5}?[区县])?(?:.{2,6}?(?:街道|镇|乡))?(?:.{2,6}?社区)?"
)
_REGIONS: Final = re.compile(r"(.{2,4}?)(省|市|区|县|州|镇|乡|街道|社区)")

Key = tuple[str, str, str, str]


class Gazetteer:
    """The places of a register by all their names; built once, then only read.

    About 0.5 s for 50,000 dwellings. Entries whose parent is not among them are kept out of
    buildings and rooms, not refused: a register has gaps.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: dict[int, Entry] = {entry.place_id: entry for entry in entries}
        self._learnt: dict[int, tuple[str, ...]] = {}
        self.buildings: dict[int, dict[Key, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.joined: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.stairwells: dict[int, dict[str, int]] = defaultdict(dict)
        self.rooms: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.phases: dict[int, str] = {}
        self._spoken: dict[int, tuple[str, str]] = {}
        for entry in self.entries.values():
            self._file(entry)
        self._name()

    def with_aliases(self, aliases: Mapping[int, tuple[str, ...]]) -> "Gazetteer":
        """The same register with more names learnt, ids that are not in it left out.

        Shares what lies below the compounds; the one it is asked of stays as it was.
        """
        other = object.__new__(Gazetteer)
        other.__dict__.update(self.__dict__)
        other._learnt = dict(self._learnt)
        for place, names in aliases.items():
            if place in self.entries:
                other._learnt[place] = (*other._learnt.get(place, ()), *names)
        other._name()
        return other

    def words(self, place: int) -> str:
        """A place as one says it, from its compound down: 锦绣花园3栋2单元1504."""
        entry = self.entries[place]
        return self._above(entry.parent_id)[1] + entry.name

    def top_name(self, place: int) -> str:
        """The name of the compound, facility or road that a place is or lies in."""
        entry = self.entries[place]
        return self._above(entry.parent_id)[0] or entry.name

    def _above(self, parent: int | None) -> tuple[str, str]:
        """The top name, and all names down to this place, which has others below it."""
        if parent is None or parent not in self.entries:
            return "", ""
        known = self._spoken.get(parent)
        if known is None:
            known = self._spoken[parent] = (self.top_name(parent), self.words(parent))
        return known

    # ---- below the compounds

    def _file(self, entry: Entry) -> None:
        parent = self.entries.get(entry.parent_id) if entry.parent_id is not None else None
        if parent is None:
            return
        if entry.kind == "dwelling":
            self._file_room(entry, parent)
        elif entry.kind == "stairwell":
            self.stairwells[parent.place_id][_label(entry.name, "stairwell")] = entry.place_id
        elif entry.kind == "building":
            for name in (entry.name, *entry.aliases):
                key = key_of(_parts(name))
                self.buildings[parent.place_id][key].append(entry.place_id)
                self.joined[parent.place_id][key[1] + key[3]].append(entry.place_id)
                if key[3] and (key[0] or key[1] or key[2]):
                    self.joined[parent.place_id][key[3]].append(entry.place_id)

    def _file_room(self, entry: Entry, parent: Entry) -> None:
        room = _room(entry.name)
        self.rooms[parent.place_id][room].append(entry.place_id)
        if parent.kind == "stairwell" and parent.parent_id is not None:
            self.rooms[parent.parent_id][room].append(entry.place_id)

    # ---- names

    def _name(self) -> None:
        """Lay out the names of compounds, facilities and roads, and the aliases of any place."""
        called: dict[str, dict[int, float]] = defaultdict(dict)
        for entry in self.entries.values():
            if entry.kind in _TOPS:
                called[fold(entry.name)][entry.place_id] = EXACT
            if entry.kind in _TOPS or entry.kind == "building":
                others = () if entry.kind == "building" else entry.aliases
                for alias in (*others, *self._learnt.get(entry.place_id, ())):
                    called[fold(alias)].setdefault(entry.place_id, LEARNT)
        self._add_phases(called)
        self._add_stems(called)
        self._add_doors()
        named = [self._named(name, places) for name, places in called.items() if name]
        named += [Named(road, (), EXACT, -1) for road in self.road_names if road not in called]
        self.names = Names(named)
        self.near = NearNames(one for one in named if one.places)
        self.near_roads = NearNames(one for one in named if one.road)
        self._add_containing([one for one in named if one.places])

    def _named(self, name: str, places: Mapping[int, float]) -> Named:
        roads = [place for place in places if self.entries[place].kind == "road"]
        others = tuple(sorted(place for place in places if place not in roads))
        return Named(name, others, max(places.values()), roads[0] if roads else 0)

    def _add_phases(self, called: dict[str, dict[int, float]]) -> None:
        """望江家园二期 is found by 望江家园, too, and then by the phase that is said."""
        for name, places in list(called.items()):
            phased = _PHASED.match(name)
            for place in places if phased else ():
                if phased and self.entries[place].kind == "compound":
                    self.phases[place] = bare(plain(phased[2]))
                    called[phased[1]].setdefault(place, LEARNT)

    def _add_stems(self, called: dict[str, dict[int, float]]) -> None:
        """A compound is called by its name without the common end, where no other name is that."""
        stems: dict[str, set[int]] = defaultdict(set)
        for name, places in called.items():
            stem = stem_of(name)
            if stem and stem not in called:
                stems[stem].update(p for p in places if self.entries[p].kind == "compound")
        for stem, found in stems.items():
            if not found:
                continue
            called[stem].update(dict.fromkeys(found, SHORT))

    def _add_containing(self, named: list[Named]) -> None:
        """For each name the longer names it lies in: 东方花园 in 首信东方花园."""
        self.containing: dict[str, list[Named]] = defaultdict(list)
        for one in named:
            size = len(one.name)
            for start in range(size - 1):
                for end in range(start + 2, size + 1):
                    inner = one.name[start:end]
                    if end - start < size and inner in self.names.by_name:
                        self.containing[inner].append(one)
        # What stands first in several long names is a builder's: 首信 in 首信东方花园.
        heads = Counter(one.name[:2] for one in named if len(one.name) > 4 and not one.short)
        self.builders = frozenset(head for head, count in heads.items() if count > 1)

    def _add_doors(self) -> None:
        """Which places have which number on which road, from the addresses of the register."""
        self._roads = [fold(e.name) for e in self.entries.values() if e.kind == "road"]
        self.doors: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.roads_of: dict[int, str] = {}
        regions: set[str] = set()
        for entry in self.entries.values():
            if entry.kind not in _TOPS or not entry.address:
                continue
            address = fold(entry.address)
            for name, level in _REGIONS.findall(address):
                regions |= {name, name + level}
            match = _DOOR.match(self._road_of(address))
            if match and match[1]:
                self.roads_of[entry.place_id] = match[1]
                self.doors[match[1], bare(match[2])].append(entry.place_id)
        self.regions = tuple(regions)
        self.road_names = frozenset(self.roads_of.values())

    def _road_of(self, address: str) -> str:
        """The address from its road on: a registered road that stands in it, or what is left when
        the regions before it are taken away."""
        roads = [road for road in self._roads if road in address]
        if roads:
            return address[address.index(max(roads, key=len)) :]
        return _REGION.sub("", address, count=1)


def key_of(parts: Parts) -> Key:
    """What tells a building from the others of its compound."""
    return parts.phase, parts.area, parts.group, parts.building


def _parts(name: str) -> Parts:
    """The parts in a registered name; a name that is none is a building's as it stands."""
    folded = fold(name).replace(" ", "")
    tokens = tokens_from(folded, 0, len(folded))
    found = readings(tokens) if tokens and tokens[-1].end == len(folded) else []
    parts = found[0] if found else NOTHING
    if parts.house and not parts.building:
        return Parts(parts.phase, parts.area, parts.group, parts.house)
    return parts if parts != NOTHING else Parts(building=folded)


def _label(name: str, role: str) -> str:
    folded = fold(name).replace(" ", "")
    tokens = tokens_from(folded, 0, len(folded))
    if len(tokens) == 1 and tokens[0].role in {role, ""}:
        return bare(tokens[0].number)
    return folded


def _room(name: str) -> str:
    if name.isdigit():
        return name
    folded = fold(name).replace(" ", "")
    match = re.fullmatch(r"([0-9]{1,3})(?:-|楼|层|F)([0-9]{1,3})(?:室|号|户|房)?", folded)
    if match:
        return match[1] + match[2].zfill(2)
    return folded.rstrip("室号户房")
