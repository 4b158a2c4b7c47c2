"""What goes into the search for topics and what comes out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicReport:
    """One message: its words (the subject is the first line), whose, when (epoch days), where.

    `person` tells people apart and is never shown; "" makes the report a person of its own.
    `area` is any name of the grid or community, `support` and `against` are clicks of others.
    """

    id: int
    text: str
    person: str
    moment: float
    longitude: float | None = None
    latitude: float | None = None
    area: str = ""
    support: int = 0
    against: int = 0


@dataclass(frozen=True, slots=True)
class HeatParts:
    """What a topic's heat is made of; the four add up to it."""

    people: float
    recency: float
    support: float
    against: float


@dataclass(frozen=True, slots=True)
class Topic:
    """Reports about one case at one place, counted over the window.

    `members` are all reports of it, `people` the persons heard inside the window, `trend` persons
    in equal parts of the window, oldest first. `organized`: mostly copies of one template.
    `returning`: how many times it came back after a silence. `first` and `last` are epoch days.
    """

    key: str
    title: str
    words: tuple[str, ...]
    place: str
    members: tuple[int, ...]
    people: int
    first: float
    last: float
    heat: float
    heat_parts: HeatParts
    trend: tuple[int, ...]
    organized: bool
    returning: int
