"""What an entry of the knowledge base can be, and how long its parts are; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ArticleState(StrEnum):
    DRAFT = "draft"  # waits for another to review it
    PUBLISHED = "published"
    ENDED = "ended"


class Audience(StrEnum):
    RESIDENTS = "residents"  # residents and staff
    STAFF = "staff"  # staff alone


class Ending(StrEnum):
    REPLACED = "replaced"  # by the next version
    WITHDRAWN = "withdrawn"  # by a person
    EXPIRED = "expired"  # by its last day
    DROPPED = "dropped"  # a draft that never was published


QUESTION_LENGTH = 100
WORDINGS_LENGTH = 600
ANSWER_LENGTH = 2000
BASIS_LENGTH = 300
BECAUSE_LENGTH = 200
# An answer nobody looked at for longer is nobody's answer.
FARTHEST_REVIEW_DAYS = 1096


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote of an entry, as it was typed."""

    question: str
    answer: str
    basis: str
    unit_id: int
    audience: str = Audience.RESIDENTS
    wordings: str = ""
    area_ids: tuple[int, ...] = ()
    valid_to: date | None = None
    review_on: date | None = None


def is_offered(valid_to: date | None, day: date) -> bool:
    """Whether an entry may still be offered on a day: its last day counts."""
    return valid_to is None or day <= valid_to


def applies(area_ids: tuple[int, ...], where: frozenset[int]) -> bool:
    """Whether an entry of these areas says something of a place: of none named, of everywhere; a
    place nobody knows is told of by all."""
    return not area_ids or not where or bool(where & set(area_ids))
