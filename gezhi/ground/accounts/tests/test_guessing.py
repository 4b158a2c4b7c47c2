"""Failures are counted in the database, per number and per address, for ten minutes."""

from datetime import timedelta

import pytest

from gezhi.ground.accounts import actions, queries
from gezhi.ground.accounts.models import LoginFailure
from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db


def fail(number="WG101", address="10.0.0.1", times=1):
    for _time in range(times):
        actions.note_failure(staff_number=number, address=address)


def test_four_failures_lock_nothing():
    fail(times=4)
    assert not queries.is_locked("WG101", "10.0.0.1")


def test_the_fifth_failure_locks_the_number_everywhere():
    for place in range(5):
        fail(address=f"10.0.0.{place}")
    assert queries.is_locked("WG101", "10.9.9.9")
    assert not queries.is_locked("WG102", "10.0.0.1")


def test_the_number_is_one_however_it_is_typed():
    fail(" wg101 ", times=5)
    assert queries.is_locked("ＷＧ101", "10.9.9.9")


def test_nonsense_counts_as_a_number_too():
    fail("'; drop table", times=5)
    assert queries.is_locked("'; DROP TABLE", "10.9.9.9")


def test_thirty_failures_lock_the_address():
    for place in range(30):
        fail(f"N{place:02}")
    assert queries.is_locked("WG101", "10.0.0.1")
    assert not queries.is_locked("WG101", "10.0.0.2")


def test_the_lock_slides_with_the_oldest_of_five():
    for _time in range(5):
        fail()
        clock.advance(timedelta(minutes=1))
    assert queries.locked_until("WG101", "-") == clock.now() + timedelta(minutes=5)


def test_failures_at_the_same_moment_cannot_slip_through():
    fail(times=4)
    tries = [actions.note_failure(staff_number="WG101", address="a") for _try in range(3)]
    seen = [queries.locked_until("WG101", "a", before_id=one.pk) is not None for one in tries]
    assert seen == [False, True, True]


def test_a_withdrawn_try_does_not_count():
    fail(times=4)
    actions.withdraw_failure(actions.note_failure(staff_number="WG101", address="a"))
    fail()
    assert queries.is_locked("WG101", "a")


def test_the_security_administrator_unlocks(cast):
    fail(cast.zhang.staff_number, times=5)
    viewer = cast.security_administrator.viewer
    assert queries.locked_user_ids(viewer) == {cast.zhang.user_id}
    actions.unlock(user=cast.zhang.user, by=viewer)
    assert not queries.is_locked(cast.zhang.staff_number, "10.0.0.1")
    assert queries.locked_user_ids(viewer) == set()


def test_staff_cannot_unlock(cast):
    with pytest.raises(NotPermitted):
        actions.unlock(user=cast.zhang.user, by=cast.acceptor.viewer)


def test_failures_are_forgotten_after_a_day():
    fail(times=3)
    clock.advance(timedelta(hours=23))
    fail()
    assert actions.forget_failures(by=SYSTEM) == 0
    clock.advance(timedelta(hours=2))
    assert actions.forget_failures(by=SYSTEM) == 3
    assert LoginFailure.objects.count() == 1
