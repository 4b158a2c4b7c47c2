"""From what a resident chose or wrote to a place with a grid, and the words to say so at once."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from gezhi.faces.resident.likeness import PATIENCE_SECONDS, neighbors_of
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.models import PlaceKind
from gezhi.records.places.queries import Location, PlaceFound, PlaceRow
from gezhi.work.cases.actions import Where
from gezhi.work.cases.queries import SimilarCard

# A longer list of compounds is no help on a phone; words find them.
MOST_LISTED = 300
MOST_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form says about the place; `last` is the id of the control touched last, if known."""

    words: str = ""
    longitude: float | None = None
    latitude: float | None = None
    place_id: int | None = None
    compound_id: int | None = None
    building_id: int | None = None
    refused: bool = False
    last: str = ""

    @property
    def has_point(self) -> bool:
        return self.point is not None

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude, where both were given."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude

    def settled(self) -> "Choice":
        """The same with what the last touch overruled left out."""
        if self.last == "map-choice":
            return Choice(self.words, self.longitude, self.latitude, last=self.last)
        if self.last == "id_building":
            return replace(self, longitude=None, latitude=None)
        if self.last == "id_compound":
            return Choice(self.words, compound_id=self.compound_id, last=self.last)
        if self.last == "id_place_words":
            return replace(self, refused=False)
        if self.last == "candidates":
            return Choice(self.words, place_id=self.place_id, refused=self.refused, last=self.last)
        return self


@dataclass(frozen=True, slots=True)
class Group:
    """Compounds of one community, for a list."""

    name: str
    compounds: tuple[PlaceRow, ...]


@dataclass(frozen=True)
class Found:
    """Where it is as far as is known now, with what the page offers to choose from."""

    choice: Choice
    location: Location
    place: PlaceRow | None
    compound: PlaceRow | None
    place_words: str
    candidates: tuple[PlaceFound, ...]
    buildings: tuple[PlaceRow, ...]
    similar: tuple[SimilarCard, ...]

    # What only the drawn page shows is looked up when it is drawn: a report sent needs none of it.
    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Compounds by community, to choose from."""
        return _groups(self.location.district_id)

    @cached_property
    def area_words(self) -> str:
        """As "水井坊社区 第3网格"; "" when no community was drawn round it."""
        return _area_words(self.location)

    @property
    def is_located(self) -> bool:
        """Whether a point or a place was given at all."""
        return self.choice.has_point or self.place is not None

    @property
    def seen(self) -> str:
        """The numbers of the similar matters shown, for the hidden field."""
        return ",".join(card.number for card in self.similar)

    def where(self) -> Where:
        """What the report says about its place."""
        if self.place is not None:
            return Where(place_id=self.place.id, words=self._whole_words())
        return Where(
            longitude=self.choice.longitude,
            latitude=self.choice.latitude,
            words=self.choice.words,
        )

    def _whole_words(self) -> str:
        """The resident's words, with the name of the chosen place before them unless they say it."""
        named, words = self.place_words, self.choice.words
        return words if words and named.split(" ")[0] in words else f"{named} {words}".strip()


@dataclass(frozen=True, slots=True)
class Meant:
    """Places that words may mean, and the one they mean if they say it exactly."""

    candidates: tuple[PlaceFound, ...] = ()
    best: PlaceRow | None = None


def find(
    viewer: Viewer,
    district_id: int,
    choice: Choice,
    *,
    neighbors: bool = True,
    text: str = "",
    patience: float = PATIENCE_SECONDS,
) -> Found:
    """Resolve a choice: building, compound, place, point, then words that fit one place only.

    A place that does not exist is left out, not refused: the words still say where it is. With
    `neighbors` the similar matters of the compound, and those like `text`, come along.
    """
    choice = choice.settled()
    meant = Meant() if choice.has_point else _meant(district_id, choice.words)
    compound = _chosen_compound(choice, meant)
    buildings = places.buildings_of(compound.id) if compound else ()
    building = next((one for one in buildings if one.id == choice.building_id), None)
    place = building or compound or _chosen_place(choice, meant)
    location = _location(district_id, choice, place)
    similar = (
        neighbors_of(
            viewer,
            location,
            text,
            place_words=choice.words,
            point=choice.point,
            patience=patience,
        )
        if neighbors
        else ()
    )
    return Found(
        choice=choice,
        location=location,
        place=place,
        compound=compound,
        place_words=_place_words(place, compound),
        candidates=() if choice.compound_id else meant.candidates,
        buildings=buildings,
        similar=similar,
    )


def _place_words(place: PlaceRow | None, compound: PlaceRow | None) -> str:
    """Compound and building as people say them; "" when only a point is known."""
    if place is None:
        return ""
    above = place.compound_id
    name = compound.name if compound and compound.id == above else ""
    if above and not name:
        name = places.place_names_of([above]).get(above, "")
    return f"{name} {place.name}".strip()


def _chosen_compound(choice: Choice, meant: Meant) -> PlaceRow | None:
    """The compound whose buildings are offered: of the list, or among those the words may mean."""
    if choice.compound_id:
        return places.place(choice.compound_id)
    place = _chosen_place(choice, meant)
    return place if place is not None and place.kind == PlaceKind.COMPOUND else None


def _chosen_place(choice: Choice, meant: Meant) -> PlaceRow | None:
    """The place chosen among those the words may mean, or the one they say exactly."""
    if choice.has_point and not choice.place_id:
        return None
    fits = [one.place for one in meant.candidates if one.place.id == choice.place_id]
    if fits:
        return fits[0]
    if choice.place_id and choice.last != "id_place_words":
        return places.place(choice.place_id)
    # New words: what was chosen among the places of the old ones no longer counts.
    return None if choice.refused else meant.best


def _location(district_id: int, choice: Choice, place: PlaceRow | None) -> Location:
    if place is not None:
        try:
            found = places.location_of_place(place.id)
        except Unseen:
            return Location(district_id, None, None, None, None)
        return found
    if choice.longitude is not None and choice.latitude is not None:
        return places.locate(district_id, choice.longitude, choice.latitude)
    return Location(district_id, None, None, None, None)


def _meant(district_id: int, words: str) -> Meant:
    """Fewer and fewer words are tried, since the end of a sentence is often no name
    ("均隆花园 3 栋 2 单元门口的灯")."""
    parts = split_words(words)
    said = " ".join(parts)
    while parts:
        found = places.search_places(district_id, " ".join(parts), limit=MOST_CANDIDATES)
        if found:
            named = [one.place for one in found if one.place.name == parts[-1]]
            only = named if len(named) == 1 else [one.place for one in found]
            # With words left over that fit nothing, a place whose name nobody said is a guess: it
            # is offered, not taken ("水井坊社区 某小区 2 栋" is not the community's own hall).
            sure = " ".join(parts) == said or (only and only[0].name in words)
            return Meant(found, only[0] if len(only) == 1 and sure else None)
        parts.pop()
    return Meant()


def split_words(words: str) -> list[str]:
    """The words apart where a number begins and after the thing it counts, at most three.

    "均隆花园3栋2单元" → 均隆花园 · 3栋 · 2单元.
    """
    apart = re.sub(r"(?<=[^\d\s])(?=\d)", " ", words[:60])
    apart = re.sub(r"(\d+)\s*(栋|幢|号楼|座|单元|号院|号|弄|巷)(?=\S)", r"\1\2 ", apart)
    apart = re.sub(r"(\d+)\s+(栋|幢|号楼|座|单元|号院|号)", r"\1\2", apart)
    return apart.split()[:3]


def _groups(district_id: int) -> tuple[Group, ...]:
    """Compounds by community; empty when the installation runs more than one street, or the list
    would be too long to look through."""
    streets = places.streets_in_use(district_id)
    if len(streets) != 1:
        return ()
    compounds = places.compounds_of(street_id=streets[0].id)
    if len(compounds) > MOST_LISTED:
        return ()
    names = places.names_of({one.community_id for one in compounds if one.community_id})
    by_name: dict[str, list[PlaceRow]] = {}
    for one in compounds:
        by_name.setdefault(names.get(one.community_id or 0, ""), []).append(one)
    return tuple(Group(name, tuple(rows)) for name, rows in sorted(by_name.items()))


def _area_words(location: Location) -> str:
    """As "水井坊社区 第3网格"; "" when no community was drawn round it."""
    ids = [area for area in (location.community_id, location.grid_id) if area]
    if not ids:
        return ""
    names = places.names_of(ids)
    return area_words(
        names.get(location.community_id or 0, ""), names.get(location.grid_id or 0, "")
    )


def area_words(community: str, grid: str) -> str:
    """Community and grid; one named after the other is not said twice: 桐花社区 第一网格."""
    return f"{community} {grid.removeprefix(community) or grid}".strip()
