"""What a hard road is written in: acts, each with its words and how long after the one before.

Gaps are office minutes. A road ends so many of them before now, whatever day it is made on: what
waits on it waits still.
"""

from dataclasses import dataclass
from typing import Final

from gezhi.faces.terminal.demo.stories import Story

HOUR: Final = 60.0
DAY: Final = 630.0


@dataclass(frozen=True, slots=True)
class Act:
    """One deed of a road, by its name in the state table, and what it says.

    `units` are keys of the offices, `office` and `property` those of the place; the first leads,
    answers or is named, one with "!" is waited for. `number` is working days or hours, or a score.
    """

    deed: str
    gap: float = 0.0
    words: str = ""
    reason: str = ""
    units: tuple[str, ...] = ()
    number: int = 0
    granted: bool = True
    by: str = ""  # leader, where the chief does it otherwise
    scores: tuple[int, ...] = ()  # in the order of the units
    cites: str = ""  # whose row of the duty list speaks for it; else the row of the case's class
    keep: str = ""  # how a precedent calls such a matter
    photo: str = ""  # of what one is handed in with it


@dataclass(frozen=True, slots=True)
class Road:
    """One hard case: the fate it stands for at the end, and since when (`hold`)."""

    fate: str
    story: Story
    acts: tuple[Act, ...]
    hold: float
    # In the community of the demo account that works in one.
    at_home: bool = False


def begun(
    *units: str, words: str = "", accept: float = 35.0, dispatch: float = 45.0
) -> tuple[Act, ...]:
    """Reported, accepted, sent to these units (none: whoever leads by the list) and taken.

    Taken so soon that a unit whose evening is long is not late, were it over night.
    """
    return (*sent(*units, words=words, accept=accept, dispatch=dispatch), Act("take", 25.0))


def sent(
    *units: str, words: str = "", accept: float = 35.0, dispatch: float = 45.0
) -> tuple[Act, ...]:
    """Reported, accepted and sent."""
    return (*accepted(accept), Act("dispatch", dispatch, words, units=units))


def accepted(after: float = 35.0) -> tuple[Act, ...]:
    """Reported and accepted."""
    return (Act("report"), Act("accept", after))


def ended(finish: float, *, check: float = 260.0, close: float = 150.0) -> tuple[Act, ...]:
    """Finished so long after the act before, checked by others and closed."""
    return (Act("finish", finish), Act("check", check), Act("close", close))


# How long after the act before at the latest, in days of the calendar: an appeal is late after seven
# of them, and a long holiday has nine.
WITHIN_DAYS: Final = {"appeal": 6}
