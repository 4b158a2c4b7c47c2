"""Random histories: on the pure table, and through the database with people and units leaving.

`GEZHI_SOAK` sets how many histories go through the database (`make soak`: 20,000).
"""

import os
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.models import Appointment
from gezhi.work.cases import actions, queries
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.rules import ENDED, OPEN, TABLE, Deed, State
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, a_class, fresh_key
from gezhi.work.cases.watching import lift_unstaffed
from gezhi.work.handover import actions as handover
from tests.cast import Cast, Person, box

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
        if state in ENDED:
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


DEEDS = (
    *[
        "report",
        "join",
        "ask",
        "verify",
        "accept",
        "reject",
        "merge",
        "answer",
        "dispatch",
        "take",
        "return",
        "finish",
        "spot",
    ],
    *[
        "check",
        "rework",
        "pass",
        "close",
        "rate",
        "unsolved",
        "reopen",
        "archive",
        "urge",
        "word",
        "wait",
        "leave",
    ],
    *["relocate", "relocate", "restrict"],
    *["return_to_post", "close_unit", "watch", "repeat"],
    # Without the straight way random deeds hardly ever get past the first refusal.
    *["merge", "close_unit", "leave", "watch", "report", "repeat"],
    *["onward"] * 16,
)
ONWARD = {
    State.REPORTED: "accept",
    State.VERIFYING: "verify",
    State.ACCEPTED: "dispatch",
    State.DISPATCHED: "take",
    State.HANDLING: "finish",
    State.CHECKING: "check",
    State.CLOSED: "unsolved",
}


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
        transaction.set_rollback(True)


class History:
    """Several cases on one street, and whatever the strategy does to them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.plays: list[Play] = []
        self.done: list[tuple[str, int, int, str]] = []
        self.clock = clock.now()

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
                case = play.case
                deed = "close" if case.check_passed else ONWARD.get(State(case.state), "rate")
                who = 0
            try:
                with transaction.atomic():
                    self._one(deed, play, who, key)
            except Refusal:
                return

    def _viewer(self, who: int, *likely: str) -> Viewer:
        """Mostly the one whose deed it is; sometimes somebody else."""
        names = [*likely, *likely, "zhao", "li", "tang", "acceptor"]
        person: Person = getattr(self.cast, names[who % len(names)])
        return person.viewer_now

    def _one(self, deed: str, play: Play, who: int, key: str) -> None:
        key = key or fresh_key()
        self.done.append((deed, self.plays.index(play), who, key))
        number = play.receipt.case_number
        common: dict[str, Any] = {"number": number, "key": key}
        street, see = self.cast.street, self._viewer
        report = Report.objects.select_related("case").get(number=play.receipt.number)
        stranger = play.stranger
        match deed:
            case "join":
                actions.join(intake=play.intake(), case=play.case, by=stranger, key=key)
            case "ask":
                actions.ask(by=see(who, "acceptor"), **common)
            case "verify":
                actions.verify(by=see(who, "zhang"), answer="exists", **common)
            case "accept":
                actions.accept(by=see(who, "acceptor"), class_code=a_class(), **common)
            case "reject":
                actions.reject(
                    by=see(who, "acceptor"), reason_code="in_court", words="不归这里", **common
                )
            case "merge":
                other = self.plays[who % len(self.plays)].receipt.case_number
                actions.merge(by=see(0, "acceptor"), into=other, **common)
            case "answer":
                actions.answer(by=see(who, "acceptor"), words="可以", **common)
            case "dispatch":
                lead = (street.sanitation, street.water, street.office)[who % 3]
                actions.dispatch(
                    by=see(0, "dispatcher"),
                    words="到现场看看" if who % 2 else "",
                    lead_unit_id=lead.pk,
                    assist_unit_ids=[street.property_firm.pk] if who % 2 else [],
                    **common,
                )
            case "take":
                actions.take(by=see(who, "handler", "tang", "li"), **common)
            case "return":
                actions.return_to_centre(
                    by=see(who, "handler", "tang"),
                    reason_code="not_our_duty",
                    duty_id=None,
                    right_unit_id=street.property_firm.pk,
                    words="不是我们的职责",
                    **common,
                )
            case "finish":
                actions.finish(by=see(who, "handler", "tang", "li"), words="办好了", **common)
            case "spot":
                actions.handle_on_the_spot(
                    by=see(who, "zhang"),
                    words="办好了",
                    photos=[play.photo()],
                    class_code=a_class(),
                    **common,
                )
            case "check" | "rework":
                actions.check(
                    by=see(who, "checker", "zhang"),
                    passed=deed == "check",
                    words="没办好" if deed == "rework" else "",
                    **common,
                )
            case "pass":
                actions.pass_on_the_spot(numbers=[number], by=see(who, "li"), key=key)
            case "close":
                actions.close(by=see(who, "supervisor", "acceptor"), **common)
            case "rate" | "unsolved":
                actions.rate(
                    report=report,
                    by=stranger,
                    key=key,
                    resolved="solved" if deed == "rate" else "unsolved",
                    satisfied="",
                    words="" if deed == "rate" else "又堆上了",
                )
            case "reopen":
                actions.reopen(report=report, by=stranger, key=key, words="又堆上了")
            case "archive":
                actions.archive(by=Viewer.system("beat"), **common)
            case "urge":
                actions.urge(report=report, by=stranger, key=key)
            case "relocate":
                places = (street.building, street.next_compound)
                spots = [actions.Where(place_id=place.pk) for place in places]
                spots.append(actions.Where(*box(2.4, 0.4, 2.6, 0.6).centroid.coords[0]))
                by = see(who, "acceptor", "handler", "tang", "li", "checker")
                actions.relocate(by=by, where=spots[who % 3], **common)
            case "restrict":
                actions.restrict(by=see(who, "acceptor", "dispatcher"), **common)
            case "word":
                actions.add_word(report=report, by=stranger, key=key, words="补充一句")
            case _:
                self._of_the_house(deed, who)

    def _of_the_house(self, deed: str, who: int) -> None:
        administrator = self.cast.system_administrator.viewer
        street = self.cast.street
        match deed:
            case "leave":
                names = ("handler", "tang", "li", "acceptor", "dispatcher", "zhang", "checker")
                person = getattr(self.cast, names[who % 7])
                for row in Appointment.objects.filter(user_id=person.user_id, to_at=None):
                    handover.end_appointment(appointment=row, by=administrator, at=clock.now())
            case "return_to_post":
                Appointment.objects.exclude(to_at=None).update(to_at=None)
            case "close_unit":
                unit = (street.sanitation, street.water, street.property_firm, street.office)[
                    who % 4
                ]
                unit.refresh_from_db()
                handover.close_unit(unit=unit, successor=street.centre, by=administrator)
            case "watch":
                lift_unstaffed()
            case "repeat" if self.done:
                earlier, which, again, key = self.done[who % len(self.done)]
                if earlier != "repeat":
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
        assert Case.objects.count() == len(self.plays)
