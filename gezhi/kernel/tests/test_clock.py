"""The one clock."""

from contextvars import Context
from datetime import UTC, date, datetime, timedelta

import pytest

from gezhi.kernel import clock

MOMENT = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)


def test_a_moved_clock_stands_still_and_goes_back_afterwards():
    with clock.moved_to(MOMENT):
        assert clock.now() == MOMENT
        assert clock.now() == MOMENT
        with clock.moved_to(MOMENT + timedelta(days=1)):
            assert clock.now() == MOMENT + timedelta(days=1)
        assert clock.now() == MOMENT
    assert clock.now() != MOMENT


def test_now_is_in_utc_and_local_time_is_eight_hours_on():
    with clock.moved_to(clock.local(MOMENT)):
        assert clock.now().tzinfo is UTC
        assert clock.local(clock.now()).hour == 0
        assert clock.today() == date(2026, 11, 21)


def test_a_moved_clock_can_be_advanced():
    with clock.moved_to(MOMENT):
        clock.advance(timedelta(minutes=5))
        assert clock.now() == MOMENT + timedelta(minutes=5)


def test_a_running_clock_cannot_be_advanced():
    # A context of its own: the suite itself plays on a moved clock.
    with pytest.raises(RuntimeError, match="moved"):
        Context().run(clock.advance, timedelta(minutes=5))


def test_outside_a_moved_block_the_clock_is_the_machines():
    before = datetime.now(UTC)  # noqa: TID251 - the clock is what is tested
    assert Context().run(clock.now) >= before


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.moved_to(MOMENT.replace(tzinfo=None)):
        pass


def test_the_clock_goes_back_after_an_error():
    with pytest.raises(ZeroDivisionError), clock.moved_to(MOMENT):
        raise ZeroDivisionError
    assert clock.now() != MOMENT
