"""The due time kept on a case equals a walk minute by minute, over random hangs, extensions,
holidays and make-up days: the formula, and real deeds on the database with the clock moved."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, workdays
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.workdays import Calendar, Hours, Limit, LimitUnit, YearNotice
from gezhi.work.cases import actions
from gezhi.work.cases.models import Hang
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.tests.walking import Walk, minutes_of
from tests.cast import NOW, Cast

# Two weeks round a holiday with a Sunday that makes up for it.
FIRST = date(2026, 11, 23)
DAYS = st.integers(0, 13).map(lambda day: FIRST + timedelta(days=day))
OPEN = ([(9, 12), (13, 17)], [(0, 24)], [(8, 11), (14, 18)])
OFFICE = minutes_of(OPEN[0])
MINUTES = st.integers(0, 9 * 24 * 60)
PAUSES = st.lists(st.tuples(MINUTES, st.integers(0, 3 * 24 * 60)), max_size=3)


def limits() -> st.SearchStrategy[tuple[LimitUnit, float, int]]:
    """A limit in one of the four units, and what an extension adds to it."""
    hours = st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0, 9.0])
    days = st.integers(1, 6).map(float)
    return st.sampled_from(list(LimitUnit)).flatmap(
        lambda unit: st.tuples(st.just(unit), days if "days" in unit else hours, st.integers(0, 3))
    )


@settings(max_examples=150)
@given(
    limit=limits(),
    start=MINUTES,
    pauses=PAUSES,
    off=st.frozensets(DAYS, max_size=4),
    worked=st.frozensets(DAYS, max_size=3),
    spans=st.sampled_from(OPEN),
)
def test_the_formula_equals_the_walk(
    limit: tuple[LimitUnit, float, int],
    start: int,
    pauses: list[tuple[int, int]],
    off: frozenset[date],
    worked: frozenset[date],
    spans: list[tuple[int, int]],
) -> None:
    unit, value, more = limit
    begins = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    began = begins + timedelta(minutes=start)
    stood = tuple(
        (begins + timedelta(minutes=at), begins + timedelta(minutes=at + length))
        for at, length in pauses
    )
    off -= worked
    calendar = Calendar({2026: YearNotice(off, worked), 2027: YearNotice()})
    hours = Hours(tuple((first * 60, last * 60) for first, last in spans))
    due = workdays.due(began, Limit(value + more, unit), calendar, hours, stood)
    walk = Walk(minutes_of(spans), off, worked, stood)
    assert due.moment == walk.due(began, value + more, unit.value)


# What a history does next, and how many minutes after the last deed.
NEXT = st.lists(
    st.tuples(
        st.sampled_from(["hang", "hang", "resume", "resume", "extend", "announce", "wait"]),
        st.integers(1, 2 * 24 * 60),
    ),
    min_size=2,
    max_size=7,
)
# Until the year is announced every clock in working time may still be moved.
UNANNOUNCED = Calendar({2026: YearNotice(announced=False)})


class History:
    """One case that is handled, hung and extended at random; what was done to its clock is noted."""

    def __init__(self, cast: Cast) -> None:
        self.play = Play(cast).report().accept(class_code="event-0102").dispatch().take()
        self.began = clock.now()
        self.added, self.stood = 0, list[tuple[datetime, datetime]]()

    @property
    def hung(self) -> Hang | None:
        return Hang.objects.filter(case=self.play.case, granted=True, ended_at=None).first()

    def do(self, deed: str) -> None:
        play, supervisor = self.play, self.play.cast.supervisor.viewer
        handler, reason = play.cast.handler.viewer, {"reason_code": "season", "words": "等天晴"}
        if deed == "hang":
            day = clock.today() + timedelta(days=1 + clock.now().minute % 5)
            play.do(actions.ask_to_hang, handler, review_on=day, **reason)
            clock.advance(7 * timedelta(minutes=1))
            play.do(actions.hang, supervisor, granted=True)
        elif deed == "resume":
            hung = self.hung
            play.do(actions.resume, handler)
            assert hung is not None and hung.decided_at is not None
            self.stood.append((hung.decided_at, clock.now()))
        elif deed == "extend":
            play.do(actions.ask_to_extend, handler, amount=1, form=[play.photo()], **reason)
            play.do(actions.extend, supervisor, granted=True)
            self.added += 1

    def dues(self) -> set[datetime | None]:
        case = self.play.case
        lead = case.assignments.get(ended_at=None)
        return {case.due_at, case.stages.get(ended_at=None).due_at, lead.due_at}


@pytest.mark.django_db
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    limit=limits(),
    start=st.integers(0, 3 * 24 * 60),
    deeds=NEXT,
    off=st.frozensets(DAYS, max_size=4),
    worked=st.frozensets(DAYS, max_size=3),
)
@example(
    limit=(LimitUnit.WORKING_DAYS, 3.0, 0),
    start=0,
    deeds=[("announce", 60)],
    off=frozenset({date(2026, 11, 24)}),
    worked=frozenset(),
)
@example(
    limit=(LimitUnit.WORKING_HOURS, 9.0, 0),
    start=0,
    deeds=[("hang", 60), ("announce", 1440), ("resume", 600), ("extend", 1), ("hang", 60)],
    off=frozenset({date(2026, 11, 25)}),
    worked=frozenset({date(2026, 11, 29)}),
)
def test_what_real_deeds_leave_equals_the_walk(
    cast: Cast,
    limit: tuple[LimitUnit, float, int],
    start: int,
    deeds: list[tuple[str, int]],
    off: frozenset[date],
    worked: frozenset[date],
) -> None:
    unit, value, _more = limit
    off -= worked
    announced = Calendar({2026: YearNotice(off, worked), 2027: YearNotice()})
    known = UNANNOUNCED
    limits_of = codes.limit

    def limited(name: str, **of: Any) -> Limit:
        return Limit(value, unit) if name == "handling" else limits_of(name, **of)

    with (
        transaction.atomic(),
        clock.moved_to(NOW + timedelta(minutes=start)),
        mock.patch.object(codes, "limit", limited),
        mock.patch.object(codes, "calendar", lambda: known),
    ):
        history = History(cast)
        for deed, minutes in deeds:
            clock.advance(minutes * timedelta(minutes=1))
            if deed == "announce":
                known = announced
                history.play.do(actions.recompute, Viewer.system("calendar"))
            else:
                with suppress(Refusal):
                    history.do(deed)
            walk = (
                Walk(OFFICE, off, worked, tuple(history.stood))
                if known is announced
                else Walk(OFFICE, stood=tuple(history.stood))
            )
            hung = history.hung
            walked = walk.due(history.began, value + history.added, unit.value)
            assert history.dues() == {hung.review_at if hung else walked}
        assert invariants.faults() == []
        if history.hung is None:
            history.play.finish()
            done = history.play.case.stages.filter(stage="handling").get()
            assert done.on_time == (clock.now() <= walked)
        transaction.set_rollback(True)
