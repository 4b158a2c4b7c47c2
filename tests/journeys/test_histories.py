"""Random histories: on the pure table, and through the database with people and units leaving.

`GEZHI_SOAK` sets how many histories go through the database (`make soak`: 20,000).
"""

import os
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gezhi.ground.codes import queries as codes
from gezhi.insight.figures.reach import Reach
from gezhi.insight.figures.tests.recount import differences
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Level
from gezhi.work.cases import queries
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import ENDED, OPEN, TABLE, Deed, State
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.moves import onward
from gezhi.work.cases.tests.playing import Play, fresh_key
from tests.cast import Cast
from tests.journeys.occasions import Occasion, moves, opened_by_rooms, rooms

HISTORIES = int(os.environ.get("GEZHI_SOAK", "200"))
# A soak goes in parts of a thousand: a sign of life for each, and two processes share them.
PARTS = max(1, HISTORIES // 1000)
LEAVING_AN_END = {Deed.RATE, Deed.REOPEN, Deed.ARCHIVE}


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(list(Deed)), max_size=40), st.randoms(use_true_random=False))
def test_no_history_on_the_table_is_trapped_or_leaves_an_end_by_the_wrong_door(
    deeds: list[Deed], chance: Random
) -> None:
    state = State.REPORTED
    for deed in deeds:
        targets = sorted(to for origin, to in TABLE[deed].moves if origin == state)
        if not targets:
            continue
        if state in ENDED and targets != [state]:
            assert deed in LEAVING_AN_END
        state = chance.choice(targets)
        assert _ways_to_an_end(state), state


def _ways_to_an_end(state: State) -> bool:
    seen, edge = {state}, {state}
    while edge:
        edge = {to for rule in TABLE.values() for origin, to in rule.moves if origin in edge} - seen
        seen |= edge
    return bool(seen & ENDED)


def test_every_open_state_is_left_by_a_person_and_not_only_by_the_system() -> None:
    for state in OPEN:
        assert any(
            rule.roles and any(o == state and t != state for o, t in rule.moves)
            for rule in TABLE.values()
        ), state


MOVES = moves()
# Of the history itself: another report, days that pass, the straight way, an earlier deed once more.
DEEDS = (
    *sorted(MOVES),
    *[name for room in rooms() for name in room.OFTEN],
    *["report", "report", "wait", "repeat", "repeat"],
    *["onward"] * 16,
)


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=HISTORIES // PARTS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    deeds=st.lists(
        st.tuples(st.sampled_from(DEEDS), st.integers(0, 3), st.integers(0, 6)),
        min_size=6,
        max_size=24,
    )
)
def test_no_history_leaves_an_orphan_an_impossible_story_or_a_wrong_figure(
    cast: Cast, part: int, deeds: list[tuple[str, int, int]]
) -> None:
    with codes.steady(), transaction.atomic():
        history = History(cast)
        history.do("report", 0, 0)
        for deed, which, who in deeds:
            history.do(deed, which, who)
        assert invariants.faults() == []
        history.recount(deeds[-1][2])
        with clock.moved_to(history.clock):
            assert differences(history.reach, history.began_at) == []
        transaction.set_rollback(True)


class History:
    """Several cases on one street, and whatever the strategy does to them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.plays: list[Play] = []
        self.done: list[tuple[str, int, int, str]] = []
        self.clock = self.began_at = clock.now()
        district, street = cast.street.district.pk, cast.street.street.pk
        self.reach = Reach(district, Level.STREET, (street,))

    def do(self, deed: str, which: int, who: int, key: str = "") -> None:
        """One deed by somebody on one of the cases; a refusal is an answer like any other."""
        self.clock += timedelta(minutes=7)
        with clock.moved_to(self.clock):
            if deed == "report":
                self.plays.append(Play(self.cast).report(kind=("", "consult")[which % 2]))
                return
            if deed == "wait":
                self.clock += timedelta(days=1 + who)
                return
            play = self.plays[which % len(self.plays)]
            if deed == "onward":
                deed, who = onward(play.case), 0
            try:
                with transaction.atomic():
                    self._one(deed, play, who, key)
            except Refusal:
                return

    def _one(self, deed: str, play: Play, who: int, key: str) -> None:
        if deed == "repeat":
            self._again(who)
            return
        key = key or fresh_key()
        self.done.append((deed, self.plays.index(play), who, key))
        MOVES[deed](Occasion(self.cast, self.plays, play, who, key))

    def _again(self, who: int) -> None:
        if self.done:
            earlier, which, again, key = self.done[who % len(self.done)]
            self._one(earlier, self.plays[which], again, key)

    def recount(self, who: int) -> None:
        """The counters of a person's queues equal their rows; every receipt opens its report.

        One of three people for each history: over all of them each is asked thousands of times.
        """
        name = ("acceptor", "dispatcher", "supervisor")[who % 3]
        viewer = getattr(self.cast, name).viewer
        for queue, number in queries.counts(viewer).items():
            listing = queries.listing(viewer, queue)
            assert number == len(listing.rows), (name, queue)
        for play in self.plays:
            told = queries.tracked(play.receipt.number, play.receipt.code)
            # A promise given is kept; only a reopened case is promised anew, and later.
            if play.case.round == 1:
                assert told.promised_at == play.receipt.promised_at
            assert told.promised_at >= play.receipt.promised_at
        assert Case.objects.count() == len(self.plays) + opened_by_rooms()
