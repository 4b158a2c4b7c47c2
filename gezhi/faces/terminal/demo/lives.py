"""What becomes of each case of the demo: its fate, the deeds on the way, and the minutes between.

Pure: numbers from a generator in, plans out. Gaps are office minutes; a plan is laid out either
from its report forward or, while the case is to be open still, backward from now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from gezhi.faces.terminal.demo.hard.acts import Act, Road
from gezhi.faces.terminal.demo.hard.roads import ROADS, roads_for
from gezhi.faces.terminal.demo.stories import STORIES, Story

# Of every class somebody tells of one of these.
CLASSES: Final = frozenset(
    {story.class_code for story in STORIES} | {road.story.class_code for road in ROADS}
)
# How many cases of three hundred meet which fate, those aside that go a hard road.
FATES: Final[Mapping[str, int]] = {
    "archived": 60,
    "closed": 78,
    "answered": 24,
    "spot_closed": 20,
    "spot_waiting": 6,
    "rejected": 12,
    "merged": 10,
    "joined": 16,
    "reopened_closed": 6,
    "reopened_accepted": 3,
    "reopened_handling": 3,
    "reported": 15,
    "verifying": 5,
    "accepted": 9,
    "dispatched": 12,
    "handling": 22,
    "checking": 10,
    "closing": 5,
}
OPEN_FATES: Final = frozenset(
    {
        "reported", "verifying", "accepted", "dispatched", "handling", "checking", "closing",
        "spot_waiting", "reopened_accepted", "reopened_handling",
    }
)  # fmt: skip
# Open fates that stand longer than their limit, as a share.
LATE: Final = 0.24

_ROAD_TO: Final[Mapping[str, tuple[str, ...]]] = {
    "reported": ("report",),
    "verifying": ("report", "ask"),
    "accepted": ("report", "accept"),
    "dispatched": ("report", "accept", "dispatch"),
    "handling": ("report", "accept", "dispatch", "take"),
    "checking": ("report", "accept", "dispatch", "take", "finish"),
    "closing": ("report", "accept", "dispatch", "take", "finish", "check"),
    "closed": ("report", "accept", "dispatch", "take", "finish", "check", "close"),
    "archived": ("report", "accept", "dispatch", "take", "finish", "check", "close"),
    "answered": ("report", "accept", "answer"),
    "rejected": ("report", "reject"),
    "merged": ("report", "merge"),
    "joined": ("join",),
    "spot_waiting": ("report", "spot"),
    "spot_closed": ("report", "spot", "pass"),
}
_AGAIN: Final = ("dispatch", "take", "finish", "check", "close")

SPOT_CLASSES: Final = frozenset(
    {
        "component-0405", "event-0102", "event-0106", "event-0108", "event-0201", "event-0203",
        "event-0504", "event-0506", "event-0507", "event-0511", "event-2103", "event-2104",
        "event-2106", "event-2114",
    }
)  # fmt: skip


@dataclass(slots=True)
class Life:
    """One case to be: what it is about, what becomes of it, and deed by deed the gaps before."""

    serial: int
    fate: str
    story: Story
    channel: str
    named: bool
    deeds: list[str] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    late: bool = False
    follows: int | None = None
    road: Road | None = None

    @property
    def acts(self) -> tuple[Act, ...]:
        """What a hard road says of each of the deeds; of any other life nothing."""
        return self.road.acts if self.road else ()

    @property
    def is_open(self) -> bool:
        return self.fate in OPEN_FATES

    @property
    def assisted(self) -> bool:
        """Whether it is sent to whoever assists by the list, too, if the list names anybody."""
        return self.serial % 4 == 0

    @property
    def confidential(self) -> bool:
        """Whether the reporter asks to be kept; such a report joins nobody's case."""
        apart = self.channel != "grid_worker" and self.fate not in {"merged", "joined", "rejected"}
        return self.story.kind == "tip" and apart and self.serial % 3 == 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a class means for the pace: office minutes to handle it, and how pressing it is."""

    minutes: float
    urgency: str


def lives_of(cases: int, terms: Mapping[str, Terms], rng: np.random.Generator) -> list[Life]:
    """Lives that open so many cases, in random order; every fate in its share, at least one of
    each, and the hard roads after them. A joined one opens none: it adds a report to another's."""
    roads = roads_for(cases)
    fates = _fates(cases - len(roads), rng)
    lives = [_life(serial, fate, terms, rng) for serial, fate in enumerate(fates, start=1)]
    return lives + [_hard(len(lives) + place, road) for place, road in enumerate(roads, start=1)]


# How the hard ones came, in turn: all by somebody who can be called back.
_HARD_CHANNELS: Final = ("web", "phone", "wechat", "hotline")


def _hard(serial: int, road: Road) -> Life:
    channel = _HARD_CHANNELS[serial % len(_HARD_CHANNELS)]
    life = Life(serial, road.fate, road.story, channel, named=True, road=road)
    life.deeds = [act.deed for act in road.acts]
    life.gaps = [act.gap for act in road.acts]
    return life


def _fates(cases: int, rng: np.random.Generator) -> list[str]:
    total = sum(FATES.values()) - FATES["joined"]
    shares = {fate: max(1, round(count * cases / total)) for fate, count in FATES.items()}
    joined = shares["joined"]
    shares["closed"] += max(0, cases + joined - sum(shares.values()))
    while sum(shares.values()) > cases + joined and max(shares.values()) > 1:
        shares[max(set(shares) - {"joined"}, key=lambda fate: (shares[fate], fate))] -= 1
    fates = [fate for fate, count in shares.items() for _one in range(count)]
    return [fates[number] for number in rng.permutation(len(fates))]


def _life(serial: int, fate: str, terms: Mapping[str, Terms], rng: np.random.Generator) -> Life:
    late = bool(rng.random() < LATE)
    channel = _channel(fate, rng)
    life = Life(
        serial,
        fate,
        _story(fate, late, terms, rng),
        channel,
        named=channel != "grid_worker" and bool(rng.random() < 0.72),
        late=late,
    )
    for deed, gap in _way(life, terms[life.story.class_code], rng):
        life.deeds.append(deed)
        life.gaps.append(gap)
    return life


def _story(fate: str, late: bool, terms: Mapping[str, Terms], rng: np.random.Generator) -> Story:
    fit = [story for story in STORIES if _fits(story, fate, late, terms[story.class_code])]
    return fit[int(rng.integers(len(fit)))]


def _fits(story: Story, fate: str, late: bool, terms: Terms) -> bool:
    if (fate == "answered") != (story.kind == "consult"):
        return False
    if fate.startswith("spot"):
        return story.class_code in SPOT_CLASSES
    if fate == "rejected":
        return story.kind in {"complaint", "tip"}
    if fate == "archived":
        # What takes three weeks is not archived within sixty days.
        return terms.minutes < 5 * 630
    # A clock that runs at night would be overdue each morning.
    return fate not in OPEN_FATES or late or terms.urgency == "ordinary"


def _channel(fate: str, rng: np.random.Generator) -> str:
    if fate.startswith("spot"):
        return "grid_worker"
    if fate in {"merged", "joined"}:
        return str(rng.choice(["web", "wechat"]))
    names = ["web", "wechat", "phone", "visit", "grid_worker", "hotline"]
    return str(rng.choice(names, p=[0.40, 0.14, 0.16, 0.04, 0.14, 0.12]))


def _way(life: Life, terms: Terms, rng: np.random.Generator) -> Iterator[tuple[str, float]]:
    """Deeds and gaps: the straight road with detours, the second round, the reporter's last word."""
    reopened = life.fate.startswith("reopened")
    road = _ROAD_TO["closed" if reopened else life.fate]
    for deed in road:
        yield from _before(deed, life, terms, rng)
        yield deed, _gap_before(deed, life, terms, rng)
        yield from _after(deed, life, terms, rng)
    if reopened:
        yield "unsolved", float(rng.uniform(200, 1500))
        road = {"reopened_accepted": (), "reopened_handling": _AGAIN[:2]}.get(life.fate, _AGAIN)
        for deed in road:
            yield deed, _gap_before(deed, life, terms, rng)
    yield from _last_word(road[-1] if road else "", life, rng)


def _before(
    deed: str, life: Life, terms: Terms, rng: np.random.Generator
) -> Iterator[tuple[str, float]]:
    """A question to the grid worker, a call to the reporter, the answer of whoever assists."""
    if deed == "accept" and life.channel != "grid_worker" and rng.random() < 0.18:
        yield "ask", _gap(rng, 5, 30, terms)
        yield "verify", _gap(rng, 25, 150, terms)
    called = deed == "finish" and life.named and rng.random() < 0.75
    # Whoever handles a confidential case does not learn whom to call.
    if called and not life.confidential:
        yield "contact", _gap(rng, 10, 60, terms)
    if deed == "finish" and life.assisted:
        yield "assist", _gap(rng, 5, 40, terms)


def _after(
    deed: str, life: Life, terms: Terms, rng: np.random.Generator
) -> Iterator[tuple[str, float]]:
    """A return and a second assignment, rework, a reporter who urges or adds a word."""
    luck = float(rng.random())
    if deed == "dispatch" and luck < 0.10:
        yield "return", _gap(rng, 40, 200, terms)
        yield "dispatch", _gap(rng, 15, 80, terms)
    elif deed == "finish" and luck < 0.11 and life.fate != "checking":
        yield "rework", _gap(rng, 60, 300, terms)
        yield "finish", terms.minutes * float(rng.uniform(0.2, 0.5))
    elif deed == "take" and luck < 0.12 and life.named:
        yield ("urge", "add_word")[luck < 0.06], _gap(rng, 30, 200, terms)


def _last_word(deed: str, life: Life, rng: np.random.Generator) -> Iterator[tuple[str, float]]:
    """A rating after the end; an urge while it stands too long."""
    if deed == "close" and rng.random() < 0.66:
        yield "rate", float(rng.uniform(20, 900))
    elif deed == "answer" and rng.random() < 0.5:
        yield "rate", float(rng.uniform(20, 500))
    elif life.late and life.named and life.fate in {"handling", "dispatched"}:
        yield "urge", float(rng.uniform(200, 600))


def _gap_before(deed: str, life: Life, terms: Terms, rng: np.random.Generator) -> float:
    if deed in {"report", "join"}:
        return 0.0
    if deed == "finish":
        slow = rng.random() < 0.10 and not life.is_open
        return terms.minutes * float(rng.uniform(1.05, 1.7) if slow else rng.uniform(0.15, 0.6))
    least, most = _PACE[deed]
    if deed == "take":
        # The clock of handling runs from the assignment.
        most = min(most, max(least, terms.minutes * 0.3))
    return _gap(rng, least, most, terms)


_PACE: Final[Mapping[str, tuple[float, float]]] = {
    "accept": (6, 90),
    "ask": (6, 50),
    "reject": (10, 100),
    "answer": (8, 90),
    "merge": (8, 60),
    "dispatch": (6, 90),
    "take": (8, 190),
    "check": (40, 420),
    "close": (20, 400),
    "spot": (4, 25),
    "pass": (60, 420),
}


def _gap(rng: np.random.Generator, least: float, most: float, terms: Terms) -> float:
    """Office minutes; a third of them where the case presses."""
    return float(rng.uniform(least, most)) * (1.0 if terms.urgency == "ordinary" else 0.28)


def minutes_to_finish(life: Life) -> float:
    """Office minutes from the report until it was first settled."""
    end = life.deeds.index("finish") if "finish" in life.deeds else len(life.deeds) - 1
    return sum(life.gaps[: end + 1])


def hold_of(life: Life, terms: Terms, rng: np.random.Generator) -> float:
    """How many office minutes an open case has stood in its last state: short, or overdue; a hard
    one as its road says, over or not."""
    if life.road is not None:
        return life.road.hold
    limit = {
        "reported": 100.0,
        "verifying": 200.0,
        "accepted": 100.0,
        "dispatched": 200.0,
        "checking": 420.0,
        "closing": 420.0,
        "spot_waiting": 420.0,
        "reopened_accepted": 100.0,
    }.get(life.fate, terms.minutes)
    if terms.urgency != "ordinary":
        limit = min(limit, 60.0)
    share = rng.uniform(1.3, 3.0) if life.late else rng.uniform(0.03, 0.6)
    return min(limit * float(share), 7_000.0)
