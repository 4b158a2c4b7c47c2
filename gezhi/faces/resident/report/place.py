"""From what a resident chose or wrote to a place with a grid, and the words to say so at once."""

from dataclasses import dataclass, replace
from functools import cached_property

from gezhi.faces.resident.report.likeness import neighbors_of
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.models import PlaceKind
from gezhi.records.places.queries import Location, PlaceFound, PlaceRow, Understood
from gezhi.work.cases.actions import Where
from gezhi.work.cases.queries import SimilarCard
from gezhi.work.knowledge.queries import Offered, did_you_mean

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
    # What may answer the words at once: shown before sending, asked about once.
    answers: tuple[Offered, ...]
    # What the words mean, unless a point or a list says it; the page says so in words.
    meant: Understood

    # What only the drawn page shows is looked up when it is drawn: a report sent needs none of it.
    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Compounds by community, to choose from."""
        return _groups(self.location.district_id)

    @cached_property
    def area_words(self) -> str:
        """As "水井坊社区 第3网格"; "" when no community was drawn round it."""
        return places.short_words_of(self.location)

    @property
    def by_words(self) -> bool:
        """Whether the place stands by what the words mean, which may be undone."""
        if self.choice.refused or self.choice.has_point or self.choice.compound_id:
            return False
        return self.meant.is_sure and self.place in (None, self.meant.place)

    @property
    def is_asking(self) -> bool:
        """Whether the words mean several places or none that anybody knows, and none is chosen."""
        unanswered = self.place is None and not self.choice.refused
        return unanswered and self.meant.how in {"asked", "unknown"}

    @property
    def is_located(self) -> bool:
        """Whether a point, a place or an area is known at all."""
        return self.choice.has_point or self.place is not None or self.by_words

    @property
    def seen(self) -> str:
        """The numbers of the similar cases shown, for the hidden field."""
        return ",".join(card.number for card in self.similar)

    def where(self) -> Where:
        """What the report says about its place."""
        if self.by_words:
            return Where(words=self.choice.words)
        if self.place is not None:
            return Where(place_id=self.place.id, words=self._whole_words())
        return Where(
            longitude=self.choice.longitude,
            latitude=self.choice.latitude,
            words=self.choice.words,
            words_only=self.choice.refused,
        )

    def _whole_words(self) -> str:
        """The resident's words, with the name of the chosen place before them unless they say it."""
        named, words = self.place_words, self.choice.words
        return words if words and named.split(" ")[0] in words else f"{named} {words}".strip()


def find(
    viewer: Viewer,
    district_id: int,
    choice: Choice,
    *,
    neighbors: bool = True,
    text: str = "",
    joining: bool = False,
) -> Found:
    """Resolve a choice: building, compound, place, point, then what the words mean.

    A place that does not exist is left out, not refused: the words still say where it is. With
    `neighbors` the similar cases of the compound, and those like `text`, come along.
    """
    choice, meant = _heard(district_id, choice.settled())
    compound = _chosen_compound(choice, meant)
    buildings = places.buildings_of(compound.id) if compound else ()
    building = next((one for one in buildings if one.id == choice.building_id), None)
    place = building or compound or _chosen_place(choice, meant)
    location = _location(district_id, choice, place, meant)
    here = (location.street_id, location.community_id, location.grid_id)
    answers = did_you_mean(district_id, text, here) if neighbors and text and not joining else ()
    similar = (
        neighbors_of(
            viewer,
            location,
            text,
            place_words=choice.words,
            point=choice.point or meant.point,
            place_id=place.id if place else None,
            joining=joining,
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
        candidates=() if choice.compound_id else meant.offered[:MOST_CANDIDATES],
        buildings=buildings,
        similar=similar,
        answers=tuple(answers),
        meant=meant,
    )


def _heard(district_id: int, choice: Choice) -> tuple[Choice, Understood]:
    """The choice with what its words mean; a point goes before words, unless it lies in no area
    and they mean one place for sure, as `intake.locating` has it too."""
    point = choice.point
    if point is None:
        return choice, places.understand(district_id, choice.words)
    if choice.words and not choice.refused and places.locate(district_id, *point).is_outside:
        meant = places.understand(district_id, choice.words)
        if meant.is_sure:
            return replace(choice, longitude=None, latitude=None), meant
    return choice, places.understand(district_id, "")


def _place_words(place: PlaceRow | None, compound: PlaceRow | None) -> str:
    """Compound and building as people say them; "" when only a point is known."""
    if place is None:
        return ""
    above = place.compound_id
    name = compound.name if compound and compound.id == above else ""
    if above and not name:
        name = places.place_names_of([above]).get(above, "")
    return f"{name} {place.name}".strip()


def _chosen_compound(choice: Choice, meant: Understood) -> PlaceRow | None:
    """The compound whose buildings are offered: of the list, or among those the words may mean."""
    if choice.compound_id:
        return places.place(choice.compound_id)
    place = _chosen_place(choice, meant)
    return place if place is not None and place.kind == PlaceKind.COMPOUND else None


def _chosen_place(choice: Choice, meant: Understood) -> PlaceRow | None:
    """The place chosen among those the words may mean, or the one they say exactly."""
    if choice.has_point and not choice.place_id:
        return None
    fits = [one.place for one in meant.offered if one.place.id == choice.place_id]
    if fits:
        return fits[0]
    if choice.place_id and choice.last != "id_place_words":
        return places.place(choice.place_id)
    # New words: what was chosen among the places of the old ones no longer counts.
    return None if choice.refused else meant.place


def _location(
    district_id: int, choice: Choice, place: PlaceRow | None, meant: Understood
) -> Location:
    if meant.is_sure and not choice.refused and place in (None, meant.place):
        return meant.location
    if place is not None:
        try:
            found = places.location_of_place(place.id)
        except Unseen:
            return Location(district_id, None, None, None, None)
        return found
    if choice.longitude is not None and choice.latitude is not None:
        return places.locate(district_id, choice.longitude, choice.latitude)
    return Location(district_id, None, None, None, None)


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
