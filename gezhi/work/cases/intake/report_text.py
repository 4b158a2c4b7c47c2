"""What a reporter, a clerk at the phone or a program says, and what they take away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Where:
    """Where the case is: a point with its coordinate system, a place, words, or none of them.

    Words without point and place are looked up, unless whoever wrote them said that no place that
    was found is meant (`words_only`). `area_id` is the area it lies in where nothing narrower is known.
    """

    longitude: float | None = None
    latitude: float | None = None
    crs: str = "CGCS2000"
    place_id: int | None = None
    words: str = ""
    words_only: bool = False
    area_id: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the reporter; empty is anonymous."""

    name: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.phone)


@dataclass(frozen=True, slots=True)
class Origin:
    """The other system a report came from; its due time is copied, never recomputed."""

    system: str
    number: str
    version: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything a reporter, a clerk at the phone or a program says."""

    text: str
    channel: str
    where: Where = field(default_factory=Where)
    contact: Contact = field(default_factory=Contact)
    kind: str = ""
    class_code: str = ""
    urgency: str = "ordinary"
    confidential: bool = False
    photos: Sequence[int] = ()
    happened_at: datetime | None = None
    language: str = "zh-hans"
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter takes away; `code` is derived, never stored."""

    report_id: int
    number: str
    code: str
    promised_at: datetime
    unit_name: str
    community_id: int | None
    grid_id: int | None
    case_number: str
    place_id: int | None = None
    repeated: bool = False
