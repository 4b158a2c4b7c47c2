"""Failures are counted by one statement: by number and network for strangers, apart for a browser
its owner has logged in from before."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from gezhi.ground.accounts import actions, queries
from gezhi.ground.counters.models import Counter
from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted

pytestmark = pytest.mark.django_db


def fail(number="WG101", address="10.0.0.1", device="", times=1):
    return [
        actions.begin_try(staff_number=number, address=address, device=device)
        for _time in range(times)
    ]


def test_four_failures_lock_nothing():
    fail(times=4)
    assert not queries.is_locked("WG101", "10.0.0.1")


def test_the_fifth_failure_locks_the_number_for_that_network():
    fail(times=5)
    assert queries.is_locked("WG101", "10.0.0.1")
    assert not queries.is_locked("WG102", "10.0.0.1")
    assert not queries.is_locked("WG101", "10.0.0.2")


def test_many_networks_together_lock_the_number_for_everybody_unknown():
    for place in range(6):
        fail(address=f"10.0.0.{place}", times=5)
    assert queries.is_locked("WG101", "10.9.9.9")


def test_a_hundred_a_day_lock_the_number_for_everybody_unknown():
    for place in range(10):
        fail(address=f"10.0.0.{place}", times=5)
        fail(address=f"10.0.1.{place}", times=5)
        clock.advance(timedelta(minutes=11))
    assert queries.is_locked("WG101", "10.9.9.9")
    assert not queries.is_locked("WG101", "10.9.9.9", "known")


def test_a_known_browser_is_locked_by_its_own_failures_only():
    for place in range(6):
        fail(address=f"10.0.0.{place}", times=5)
    fail(device="known", times=4)
    assert not queries.is_locked("WG101", "10.0.0.1", "known")
    fail(device="known")
    assert queries.is_locked("WG101", "10.0.0.1", "known")
    assert not queries.is_locked("WG101", "10.0.0.1", "another")


def test_failures_of_a_known_browser_lock_nobody_else():
    fail(device="known", times=9)
    assert not queries.is_locked("WG101", "10.0.0.1")


def test_the_number_is_one_however_it_is_typed():
    fail(" wg101 ", times=5)
    assert queries.is_locked("ＷＧ101", "10.0.0.1")


def test_nonsense_counts_as_a_number_too():
    fail("'; drop table", times=5)
    assert queries.is_locked("'; DROP TABLE", "10.0.0.1")


def test_thirty_failures_lock_the_network():
    for place in range(30):
        fail(f"N{place:02}")
    assert queries.is_locked("WG101", "10.0.0.1")
    assert not queries.is_locked("WG101", "10.0.0.2")


def test_where_nobody_can_tell_the_network_nobody_is_locked_by_others():
    for place in range(40):
        fail(f"N{place:02}", address="")
    assert not queries.is_locked("WG101", "")


def test_the_lock_lasts_ten_minutes_from_the_last_failure():
    for _time in range(5):
        fail()
        clock.advance(timedelta(minutes=1))
    assert queries.seconds_locked("WG101", "10.0.0.1") == 9 * 60
    fail(times=3)
    assert queries.seconds_locked("WG101", "10.0.0.1") == 9 * 60


def test_a_withdrawn_try_does_not_count():
    fail(times=4)
    (attempt,) = fail()
    actions.withdraw_try(attempt)
    assert not queries.is_locked("WG101", "10.0.0.1")
    assert not fail()[0].is_over
    assert fail()[0].is_over


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_five_are_let_in():
    start = threading.Barrier(6)
    over: list[bool] = []

    def many():
        try:
            start.wait()
            over.extend(attempt.is_over for attempt in fail(times=3))
        finally:
            connection.close()

    threads = [threading.Thread(target=many) for _one in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(over) == [False] * 5 + [True] * 13


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


def test_neither_number_nor_network_stands_in_the_rows():
    fail()
    rows = str(list(Counter.objects.values()))
    assert "WG101" not in rows and "10.0.0.1" not in rows
