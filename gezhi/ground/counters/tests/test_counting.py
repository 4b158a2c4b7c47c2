"""Counters are rows: counted by one statement, pushed out by nothing, begun anew in time."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from gezhi.ground.counters import actions, queries
from gezhi.ground.counters.models import Counter
from gezhi.ground.counters.rules import Counted, Limit, owner_digest
from gezhi.kernel import clock

THREE = Limit("probe", 3, 600)


def one(what="a", limit=THREE, owner=""):
    return Counted(limit, (what,), owner)


@pytest.mark.django_db
def test_the_try_after_the_last_is_over_and_others_are_untouched():
    assert [actions.count(one())[0].is_over for _try in range(5)] == [
        False,
        False,
        False,
        True,
        True,
    ]
    assert not actions.count(one("b"))[0].is_over
    assert not actions.count(one("a", Limit("another", 3, 600)))[0].is_over


@pytest.mark.django_db
def test_several_counters_are_counted_by_one_statement_in_the_order_given(
    django_assert_num_queries,
):
    day = Limit("probe-day", 1, 86_400)
    with django_assert_num_queries(1):
        tallies = actions.count(one("z"), one("a", day))
    assert [(tally.count, tally.most) for tally in tallies] == [(1, 3), (1, 1)]
    assert [tally.is_over for tally in actions.count(one("z"), one("a", day))] == [False, True]


@pytest.mark.django_db
def test_it_begins_anew_when_its_while_is_over(frozen_clock):
    for _try in range(4):
        actions.count(one())
    assert queries.seconds_closed(one()) == 600
    clock.advance(timedelta(seconds=600))
    assert queries.seconds_closed(one()) == 0
    assert actions.count(one())[0].count == 1


@pytest.mark.django_db
def test_the_last_try_closes_it_for_its_whole_while_and_later_ones_do_not_lengthen_that(
    frozen_clock,
):
    actions.count(one())
    clock.advance(timedelta(seconds=500))
    actions.count(one())
    assert actions.count(one())[0].seconds_left == 600
    clock.advance(timedelta(seconds=400))
    assert actions.count(one())[0].seconds_left == 200


@pytest.mark.django_db
def test_a_count_can_be_taken_back_and_forgotten():
    for _try in range(3):
        actions.count(one())
    actions.take_back(one(), one("never counted"))
    assert queries.seconds_closed(one()) == 0
    assert not actions.count(one())[0].is_over
    actions.forget(one())
    assert actions.count(one())[0].count == 1


@pytest.mark.django_db
def test_all_counters_of_somebody_are_found_and_forgotten():
    whose, other = owner_digest("probe", "1001"), owner_digest("probe", "1002")
    for _try in range(3):
        actions.count(one("a", owner=whose))
    actions.count(one("b", owner=other))
    assert queries.owners_closed("probe") == {whose}
    assert queries.owners_closed("another") == set()
    assert actions.forget_owner([whose]) == 1
    assert queries.owners_closed("probe") == set()


@pytest.mark.django_db
def test_once_is_once_until_it_is_over(frozen_clock):
    used = Limit("probe-code", 1, 120)
    assert [actions.once(used, "7", "123456") for _try in range(3)] == [True, False, False]
    assert actions.once(used, "8", "123456")
    clock.advance(timedelta(seconds=120))
    assert actions.once(used, "7", "123456")


@pytest.mark.django_db
def test_a_thousand_others_push_nothing_out():
    used = Limit("probe-code", 1, 120)
    actions.once(used, "7", "123456")
    for number in range(0, 1000, 50):
        actions.count(*(one(str(n)) for n in range(number, number + 50)))
    assert not actions.once(used, "7", "123456")


@pytest.mark.django_db
def test_what_is_over_is_pruned_and_nothing_else(frozen_clock):
    actions.count(one("old"))
    clock.advance(timedelta(seconds=300))
    actions.count(one("young"))
    clock.advance(timedelta(seconds=300))
    assert actions.prune() == 1
    assert Counter.objects.count() == 1


@pytest.mark.django_db
def test_nothing_of_what_is_counted_can_be_read_in_the_rows():
    actions.count(Counted(THREE, ("2611230000123", "10.1.2.3"), owner_digest("probe", "WG101")))
    rows = str(list(Counter.objects.values()))
    assert not any(secret in rows for secret in ("2611230000123", "10.1.2.3", "WG101"))


@pytest.mark.django_db(transaction=True)
def test_a_try_stays_counted_although_the_work_after_it_rolls_back():
    actions.count(one())
    with pytest.raises(RuntimeError), transaction.atomic():
        raise RuntimeError("refused")
    assert actions.count(one())[0].count == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_exactly_the_limit_passes():
    tries, most = (150, 100) if connection.vendor == "postgresql" else (24, 16)
    limit = Limit("probe", most, 600)
    start = threading.Barrier(8)
    passed: list[bool] = []

    def many(number):
        try:
            start.wait()
            passed.extend(
                not actions.count(one("a", limit), one("b", limit))[0].is_over
                for _try in range(number)
            )
        finally:
            connection.close()

    share = [tries // 8 + (place < tries % 8) for place in range(8)]
    threads = [threading.Thread(target=many, args=(number,)) for number in share]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), sum(passed)) == (tries, most)
