"""Small rows of areas and places, and the columns they are read by."""

from dataclasses import dataclass

from gezhi.records.places.models import PlaceKind

# What a stranger may find; never a dwelling.
LISTED = (PlaceKind.COMPOUND, PlaceKind.BUILDING, PlaceKind.SITE, PlaceKind.ROAD)


@dataclass(frozen=True, slots=True)
class Location:
    """The areas a point or place lies in; a level nobody drew is None."""

    district_id: int
    street_id: int | None
    community_id: int | None
    grid_id: int | None
    compound_id: int | None
    # Known where the map was asked; else `district_code` tells it.
    district_code: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether it lies in no street, community or grid that anybody drew."""
        return not (self.street_id or self.community_id or self.grid_id)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as lists and choices show it."""

    id: int
    code: str
    name: str
    short_name: str
    level: str
    street_id: int | None
    community_id: int | None
    in_use: bool

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as lists and choices show it."""

    id: int
    kind: str
    name: str
    address: str
    parent_id: int | None
    street_id: int | None
    community_id: int | None
    grid_id: int | None
    compound_id: int | None
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """One hit of a search by words: the place and the words that tell it from its namesakes."""

    place: PlaceRow
    compound_name: str
    community_name: str

    @property
    def is_public(self) -> bool:
        """Whether a stranger may read its name: never a dwelling or a stairwell."""
        return self.place.kind in LISTED

    @property
    def words(self) -> str:
        """Compound and building, as "均隆花园 3栋"."""
        if self.compound_name and self.place.kind != PlaceKind.COMPOUND:
            return f"{self.compound_name} {self.place.name}"
        return self.place.name


AREA_COLUMNS = ("id", "code", "name", "short_name", "level", "street_id", "community_id", "in_use")
PLACE_COLUMNS = (
    "id",
    "kind",
    "name",
    "address",
    "parent_id",
    "street_id",
    "community_id",
    "grid_id",
    "compound_id",
    "longitude",
    "latitude",
)
