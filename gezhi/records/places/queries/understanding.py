"""Which place words mean: the one look-up behind every form and interface, before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import shapely

from gezhi.methods.locate import Gazetteer, Located, locate, shortened
from gezhi.records.places import gazetteers
from gezhi.records.places.models import Place, PlaceKind
from gezhi.records.places.queries.area_rows import names_of
from gezhi.records.places.queries.locating import (
    locate as areas_of_point,
)
from gezhi.records.places.queries.locating import (
    location_of_area,
    location_of_place,
)
from gezhi.records.places.queries.rows import Location, PlaceFound, PlaceRow
from gezhi.records.places.queries.searching import (
    SEARCH_LIMIT,
    places_found,
    search_places,
    split_words,
)

How = Literal["", "place", "crossing", "area", "asked", "unknown"]
# Two roads drawn this near to each other (about 30 m) meet.
_MEETING_DEGREES = 0.0003
# A number further than this beyond the last known one says nothing of its grid.
_FURTHEST_NUMBER = 20
_SHORTEST_SEARCHED = 2
# Long words are a story; its beginning is read all the same.
MOST_SIGNS = 400


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of words about a place.

    - place: `place` is meant for sure, though more may have been said (a door, beside it);
    - crossing: two roads meet at `point`;
    - area: a community or grid is named and nothing narrower;
    - asked: it may be any of `candidates`, so whoever said it is asked;
    - unknown: nobody knows it; `candidates` are what a search for the words finds, if anything;
    - "": nothing was said.

    `location` is where it lies as far as that is sure; `name` what is said back ("康宁里 3栋");
    `found` is `place` as a list shows it.
    """

    how: How
    location: Location
    name: str = ""
    place: PlaceRow | None = None
    point: tuple[float, float] | None = None
    candidates: tuple[PlaceFound, ...] = field(default=())
    found: PlaceFound | None = None

    @property
    def offered(self) -> tuple[PlaceFound, ...]:
        """What whoever said it may choose from: the one that is taken, else the candidates."""
        return (self.found,) if self.found is not None else self.candidates

    @property
    def is_sure(self) -> bool:
        """Whether it is taken without asking."""
        return self.how in {"place", "crossing", "area"}


def understand(district_id: int, words: str, *, most: int = 5) -> Understood:
    """The place that words mean: a compound, building, site or road, a crossing, a community.

    Exactly one sure match is taken, several are for asking, and never is a dwelling found: only
    its building. Short names (锦副宿舍) and names near to the words are for asking. A few
    statements; about a millisecond besides them when the names are in memory.
    """
    nowhere = Location(district_id, None, None, None, None)
    words = words.strip()[:MOST_SIGNS]
    if not words:
        return Understood("", nowhere)
    gazetteer = gazetteers.gazetteer_of(district_id)
    said = gazetteers.area_names_of(district_id).named(words)
    area = location_of_area(said.grid_id or said.community_id) if said else nowhere
    found = locate(gazetteer, words)
    if found.place_id is None and said:
        # 桐花社区 is not 桐花苑 cut short; its own hall was found before.
        found = locate(gazetteer, said.rest)
    if found.verdict == "unknown":
        found = shortened(gazetteer, said.rest if said else words)
    if (crossing := _crossing(district_id, found, gazetteer)) is not None:
        return crossing
    ids = [found.place_id] if found.place_id is not None else _ids(found)
    rows = places_found(ids) if ids else ()
    if said:
        rows = _in_area(rows, area) or rows
    if _is_taken(found, rows, area):
        return _taken(rows[0], found, gazetteer)
    if rows:
        return Understood("asked", area, candidates=rows[:most])
    if said:
        return Understood("area", area, name=_area_name(area))
    return Understood("unknown", nowhere, candidates=_searched(gazetteer, words, most))


def meant_or_found(district_id: int, words: str) -> tuple[PlaceFound, ...]:
    """What the words mean or may mean, then what a search for them finds, each once: for staff who
    choose from a list."""
    meant = understand(district_id, words, most=SEARCH_LIMIT).offered
    found = {one.place.id: one for one in (*meant, *search_places(district_id, words))}
    return tuple(found.values())


def _ids(found: Located) -> list[int]:
    return [one.place_id for one in found.candidates]


def _in_area(rows: Sequence[PlaceFound], area: Location) -> tuple[PlaceFound, ...]:
    """Those that lie in the community that is named as well."""
    return tuple(one for one in rows if one.place.community_id == area.community_id)


def _is_taken(found: Located, rows: Sequence[PlaceFound], area: Location) -> bool:
    """One place for sure, which does not lie in another community than is said."""
    if len(rows) != 1:
        return False
    there, said = rows[0].place.community_id, area.community_id
    if said is not None and there is not None and said != there:
        return False
    if found.place_id is not None:
        return True
    # Namesakes told apart by the community that was said.
    return said is not None and len(found.candidates) > 1 and found.candidates[0].score > 0.9


def _taken(one: PlaceFound, found: Located, gazetteer: Gazetteer) -> Understood:
    location, name = location_of_place(one.place.id), one.words
    number = found.parsed.house_number
    if one.place.kind == PlaceKind.ROAD and number:
        location = _at_number(gazetteer, found.parsed.road, number) or location
        name = f"{name}{number}号"
    return Understood("place", location, name=name, place=one.place, found=one)


def _area_name(area: Location) -> str:
    ids = [one for one in (area.community_id, area.grid_id) if one is not None]
    names = names_of(ids)
    return " ".join(names[one] for one in ids if one in names)


# ---- roads


def _at_number(gazetteer: Gazetteer, road: str, number: str) -> Location | None:
    """Where a number on a road lies: between the known numbers on both sides of it, as far as
    these agree; None where they do not even agree on the community."""
    if not number.isdecimal():
        return None
    wanted = int(number)
    known = {
        int(label): ids[0]
        for (name, label), ids in gazetteer.doors.items()
        if name == road and label.isdecimal() and ids
    }
    below = max((one for one in known if one <= wanted), default=None)
    above = min((one for one in known if one >= wanted), default=None)
    near = {one for one in (below, above) if one is not None}
    if len(near) == 1 and abs(next(iter(near)) - wanted) > _FURTHEST_NUMBER:
        return None
    places = [location_of_place(known[one]) for one in sorted(near)]
    return _common(places)


def _common(places: Sequence[Location]) -> Location | None:
    if not places or len({one.community_id for one in places}) > 1:
        return None
    grids = {one.grid_id for one in places}
    first = places[0]
    return replace(first, grid_id=first.grid_id if len(grids) == 1 else None, compound_id=None)


def _crossing(district_id: int, found: Located, gazetteer: Gazetteer) -> Understood | None:
    """Where two roads that are named meet; None where the words name no two that do."""
    ids = _ids(found)
    if found.place_id is not None or len(ids) != 2:
        return None
    if any(one.kind != "road" for one in found.candidates):
        return None
    point = _meeting(ids)
    if point is None:
        return None
    name = " / ".join(gazetteer.words(one) for one in ids)
    return Understood("crossing", areas_of_point(district_id, *point), name=name, point=point)


def _meeting(ids: Sequence[int]) -> tuple[float, float] | None:
    shapes = Place.objects.filter(pk__in=ids, shape__isnull=False).values_list("shape", flat=True)
    lines = [shapely.from_wkb(bytes(shape or b"")) for shape in shapes]
    if len(lines) != 2:
        return None
    first, second = lines
    if shapely.distance(first, second) > _MEETING_DEGREES:
        return None
    point = shapely.get_point(shapely.shortest_line(first, second), 0)
    return round(float(point.x), 6), round(float(point.y), 6)


# ---- what a search finds


def _searched(gazetteer: Gazetteer, words: str, most: int) -> tuple[PlaceFound, ...]:
    """Places whose name holds the first words, as somebody writes on: those that begin with them
    before others, short names first. Looked for in memory: a register is long to read through."""
    parts = split_words(words)
    if not parts or len(parts[0]) < _SHORTEST_SEARCHED:
        return ()
    holding = [
        (not name.startswith(parts[0]), len(name), named)
        for name, named in gazetteer.names.by_name.items()
        if parts[0] in name and not named.short
    ]
    holding.sort(key=lambda found: found[:2])
    ids = [
        place
        for _begins, _length, named in holding[:most]
        for place in (*named.places, *([named.road] if named.road > 0 else []))
    ]
    return places_found(list(dict.fromkeys(ids))[:most])
