"""Sixty days of the street: every deed of every life gets its moment, then all are played in order.

A life that is over is laid out from its report on; one that is to be open still, backward from
now, so that it stands in its last state for as long as its lot says.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from gezhi.faces.terminal.demo.hard.acts import WITHIN_DAYS, Act
from gezhi.faces.terminal.demo.lives import Life, Terms, hold_of, lives_of, minutes_to_finish
from gezhi.faces.terminal.demo.places import Spot
from gezhi.faces.terminal.demo.worktime import MINUTES_A_DAY, WorkTime
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.workdays import LimitUnit
from gezhi.work.cases.actions import Receipt

DAYS: Final = 60
_MINUTES: Final = {
    LimitUnit.WORKING_HOURS: 60.0,
    LimitUnit.URGENT_HOURS: 60.0,
    LimitUnit.WORKING_DAYS: float(MINUTES_A_DAY),
    LimitUnit.CALENDAR_DAYS: MINUTES_A_DAY * 0.7,
}
# Only where there is a lift can one be stuck in it.
_WITH_LIFT: Final = frozenset({"event-2106", "event-2109"})


@dataclass(slots=True)
class Running:
    """A life under way: its spot, the office minute and the moment of each deed, what is done."""

    life: Life
    spot: Spot
    places: list[float]
    moments: list[datetime]
    rng: np.random.Generator
    receipt: Receipt | None = None
    follows: "Running | None" = None
    done: int = 0
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def next_deed(self) -> str:
        """The deed after the one being done, "" at the end."""
        return self.life.deeds[self.done + 1] if self.done + 1 < len(self.life.deeds) else ""

    @property
    def act(self) -> Act:
        """What a hard road says of the deed being done."""
        acts = self.life.acts
        return acts[self.done] if self.done < len(acts) else Act("")


def terms_of_classes(class_codes: Collection[str]) -> dict[str, Terms]:
    """How long each class may take, in office minutes, and how pressing it is, by the packs."""
    found = {}
    for code in sorted(class_codes):
        row = codes.term("matters", code)
        urgency = str(row.data.get("urgency") or "ordinary") if row else "ordinary"
        limit = codes.limit("handling", class_code=code, urgency=urgency)
        found[code] = Terms(limit.value * _MINUTES[limit.unit], urgency)
    return found


class Plot:
    """All lives laid out for one seed; the same seed and day lay out the same."""

    def __init__(
        self,
        spots: Mapping[str, Sequence[Spot]],
        terms: Mapping[str, Terms],
        *,
        now: datetime,
        seed: int,
        cases: int,
        home: Sequence[int] = (),
    ) -> None:
        """`home` are the grids in which the hard cases of a community lie; work waits to be looked at
        in the first of them."""
        self._spots = spots
        self._home = home
        self._terms = terms
        self._now = now
        self._seed = seed
        self._time = WorkTime(codes.calendar(), now)
        self._archive_after = timedelta(days=codes.figure("archive_days"))
        lives = lives_of(cases, terms, np.random.default_rng([seed, 1]))
        self.running = [self._laid_out(life) for life in lives]
        self._let_follow(np.random.default_rng([seed, 2]))

    def play(
        self,
        do: Callable[[str, Running], None],
        tell: Callable[[int, int], None] | None = None,
    ) -> int:
        """Have every deed whose moment lies before now done under the moved clock, in order.

        `tell` hears how many of how many are done; returns how many were.
        """
        events = sorted(self._events(), key=lambda event: event[:3])
        for count, (moment, _serial, order, running) in enumerate(events, start=1):
            with clock.moved_to(moment):
                running.done = order
                do(running.life.deeds[order], running)
            if tell is not None:
                tell(count, len(events))
        return len(events)

    def _events(self) -> Iterator[tuple[datetime, int, int, Running]]:
        for running in self.running:
            for order, moment in enumerate(running.moments):
                if moment >= self._now:
                    break
                yield moment, running.life.serial, order, running

    def _laid_out(self, life: Life) -> Running:
        rng = np.random.default_rng([self._seed, life.serial, 3])
        terms = self._terms[life.story.class_code]
        total = sum(life.gaps)
        earliest = self._at(DAYS)
        if life.is_open or life.road:
            first = self._time.now - hold_of(life, terms, rng) - total
        elif life.fate == "archived":
            first = float(rng.uniform(earliest, self._at(46)))
        else:
            latest = max(earliest + 1, self._time.now - total - 30)
            first = float(rng.uniform(earliest, latest))
        if terms.urgency != "ordinary" and not (life.is_open or life.road):
            first = self._within_a_day(first, minutes_to_finish(life), rng)
        running = Running(life, self._spot(life, rng), [], [], rng)
        self._place(running, max(first, earliest))
        if life.fate == "reported" and not life.late:
            running.moments[0] = self._just_now(rng)
        return running

    def _within_a_day(self, first: float, minutes: float, rng: np.random.Generator) -> float:
        """What presses is begun and settled on one day: its clock runs through the night."""
        spare = max(1.0, MINUTES_A_DAY - minutes)
        return first - first % MINUTES_A_DAY + float(rng.uniform(0, spare))

    def _just_now(self, rng: np.random.Generator) -> datetime:
        """A moment in the last two hours in which people are awake, weekend or not."""
        awake = clock.local(self._now)
        if awake.hour < 7:
            awake = (awake - timedelta(days=1)).replace(hour=22, minute=50)
        return awake - timedelta(minutes=float(rng.uniform(3, 115)))

    def _place(self, running: Running, first: float) -> None:
        life = running.life
        running.places = [float(place) for place in np.cumsum([first, *life.gaps[1:]])]
        running.moments = [
            self._time.moment(place) + timedelta(seconds=order)
            for order, place in enumerate(running.places)
        ]
        running.moments[0] = self._reported_at(running)
        for order, deed in enumerate(life.deeds):
            if deed in WITHIN_DAYS:
                latest = running.moments[order - 1] + timedelta(days=WITHIN_DAYS[deed])
                running.moments[order] = min(running.moments[order], latest)
        if life.fate == "archived" and "archive" not in life.deeds:
            closed = running.moments[life.deeds.index("close")]
            night = (closed + self._archive_after).replace(hour=2, minute=10)
            life.deeds.append("archive")
            running.moments.append(max(night, running.moments[-1]) + timedelta(days=1))

    def _at(self, days: int) -> float:
        return self._time.index(self._now - timedelta(days=days))

    def _reported_at(self, running: Running) -> datetime:
        """People report in the evening, too: then the office finds it in the morning."""
        first, moment = running.places[0], running.moments[0]
        opening = self._time.opening(first)
        private = running.life.channel in {"web", "wechat", "hotline"}
        if private and moment - opening < timedelta(minutes=100) and running.rng.random() < 0.8:
            evening = running.rng.random() < 0.6
            before = running.rng.uniform(*(540, 700) if evening else (20, 130))
            return opening - timedelta(minutes=float(before))
        return moment

    def _spot(self, life: Life, rng: np.random.Generator) -> Spot:
        found = self._spots[life.story.where]
        if life.story.class_code in _WITH_LIFT:
            found = [spot for spot in found if spot.floors >= 9]
        # Where the accounts to begin with work, so that no queue of theirs is empty.
        if life.road and life.road.at_home:
            found = [spot for spot in found if spot.grid_id in self._home] or found
        elif life.fate == "checking" and not life.road:
            found = [spot for spot in found if spot.grid_id in self._home[:1]] or found
        # A few places are heard of more often than others, as in life.
        return found[int(len(found) * float(rng.random()) ** 1.5)]

    def _let_follow(self, rng: np.random.Generator) -> None:
        """Whoever is merged, or has met the same, tells of another's case while it is open."""
        leaders = [
            running
            for running in self.running
            if running.life.fate in {"closed", "archived", "handling", "checking"}
            and running.life.channel != "grid_worker"
            and not running.life.confidential
            and not running.life.road
            and self._span(running) > 240
        ]
        order = iter(rng.permutation(len(leaders)).tolist())
        for running in self.running:
            if running.life.fate not in {"merged", "joined"}:
                continue
            leader = leaders[next(order)]
            span = self._span(leader)
            running.follows = leader
            running.life.story, running.spot = leader.life.story, leader.spot
            if len(running.life.gaps) > 1:
                running.life.gaps[1] = min(running.life.gaps[1], span * 0.3)
            begin = leader.places[0] + span * float(rng.uniform(0.15, 0.5))
            running.life.channel = "web"
            self._place(running, begin)
            # In office hours: the other one is surely open then.
            running.moments[0] = self._time.moment(begin)

    def _span(self, running: Running) -> float:
        """Office minutes from the report to the end, or to now."""
        deeds = running.life.deeds
        end = running.places[deeds.index("close")] if "close" in deeds else self._time.now
        return min(end, self._time.now) - running.places[0]
