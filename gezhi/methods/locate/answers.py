"""What goes into locating and what comes out of it."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Verdict = Literal["resolved", "partial", "ambiguous", "unknown"]

# More than a person chooses from at a glance is no help.
MOST_CANDIDATES: Final = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a register; `kind` compound, building, stairwell, dwelling, road or facility.

    A building's parent is a compound (or None: it stands by itself), a stairwell's a building, a
    dwelling's a stairwell or a building. A village 村 is a compound, its groups 组 are buildings.
    `aliases` are other names of it, old ones too; `address` is its road and number, with or
    without province, city and district before it.
    """

    place_id: int
    kind: str
    name: str
    parent_id: int | None
    aliases: tuple[str, ...] = ()
    address: str = ""


class Candidate(NamedTuple):
    """A place that may be meant; `score` from 0 to 1, how well its name fits the words."""

    place_id: int
    kind: str
    score: float
    name: str


class Parsed(NamedTuple):
    """The parts that were said, each in one spelling ("三栋" is building "3"), "" where not said.

    `compound` is the registered name, of a village or a facility too. `room` is floor and door
    together, as 1504. `beside` is the word that puts the case near the place, not in it.
    """

    compound: str = ""
    phase: str = ""
    area: str = ""
    group: str = ""
    building: str = ""
    stairwell: str = ""
    floor: str = ""
    room: str = ""
    road: str = ""
    house_number: str = ""
    beside: str = ""


class Located(NamedTuple):
    """The place that words name, or why there is none.

    - resolved: `place_id` is all that was said (a compound alone, if no more was said).
    - partial: `place_id` is sure, but more was said or is needed: a unit was left out, a door is
      not in the register, or the words say beside it. `candidates` are the places below it that
      fit, if there are few.
    - ambiguous: `place_id` is None; `candidates` are what it may be, best first. A single one is
      a name too unlike the words to be taken without asking.
    - unknown: no place of the register is named.

    `span` is where in the text the place is written, half-open.
    """

    verdict: Verdict
    place_id: int | None
    kind: str
    candidates: tuple[Candidate, ...]
    parsed: Parsed
    span: tuple[int, int]
