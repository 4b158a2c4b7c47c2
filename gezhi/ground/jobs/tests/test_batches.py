"""Rows of one task that lie in wait together are done together, and lose nothing by it."""

import os
from datetime import timedelta

import pytest

from gezhi.ground.jobs import actions, keeper, leases, marks
from gezhi.ground.jobs.models import Task
from gezhi.ground.jobs.tests import probes
from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_lists():
    probes.seen.clear()
    probes.batches.clear()


def gather(*numbers, **changes):
    return [actions.enqueue(probes.gather, number=number, **changes) for number in numbers]


def states():
    return dict(Task.objects.values_list("arguments__number", "state"))


def test_rows_that_wait_are_done_together_and_at_most_so_many():
    gather(*range(7))
    assert Worker().run_all() == 7
    assert probes.batches == [[0, 1, 2, 3, 4], [5, 6]]
    done = Task.objects.filter(state="done", attempts=1, lease_until=None, finished_at=clock.now())
    assert done.count() == 7


def test_a_row_alone_runs_as_ever_and_keeps_its_result():
    (row,) = gather(4)
    assert Worker().run_all() == 1
    row.refresh_from_db()
    assert (row.state, row.result, probes.batches) == ("done", 4, [])


def test_a_batch_holds_no_other_task_no_other_priority_and_nothing_that_is_not_due():
    gather(1, 2)
    actions.enqueue(probes.note, number=10)
    gather(3, priority=-1)
    gather(4, run_after=clock.now() + timedelta(hours=1))
    Worker().run_all()
    assert probes.batches == [[1, 2]]
    assert probes.seen == [1, 2, 10, 3]
    assert states()[4] == "waiting"


def test_a_row_that_failed_once_runs_alone():
    gather(1, 2, 3)
    Task.objects.filter(arguments__number=2).update(attempts=1)
    Worker().run_all()
    assert probes.batches == [[1, 3]]
    assert sorted(probes.seen) == [1, 2, 3]


def test_the_row_that_a_batch_says_failed_is_tried_again_and_the_others_are_done():
    gather(1, 13, 2)
    assert Worker().run_all() == 3
    assert states() == {1: "done", 13: "waiting", 2: "done"}
    row = Task.objects.get(arguments__number=13)
    assert row.run_after > clock.now()
    assert "Failure" in row.error
    assert "13800000000" not in row.error
    clock.advance(timedelta(minutes=1))
    Worker().run_all()
    row.refresh_from_db()
    assert (row.state, row.attempts, probes.batches) == ("waiting", 2, [[1, 13, 2]])


def test_a_batch_that_breaks_off_is_done_row_by_row_so_that_the_bad_one_fails_alone():
    gather(1, 66, 2)
    assert Worker().run_all() == 6
    assert probes.batches == [[1, 66, 2]]
    assert probes.seen == [1, 2]
    assert states() == {1: "done", 66: "waiting", 2: "done"}
    assert set(Task.objects.values_list("attempts", flat=True)) == {2}


def test_a_row_with_arguments_no_batch_can_read_fails_alone():
    gather(1, 2)
    now = clock.now()
    Task(path=probes.gather.module_path, arguments={}, run_after=now, enqueued_at=now).save()
    Worker().run_all()
    assert sorted(states().items(), key=str) == [(1, "done"), (2, "done"), (None, "waiting")]


def test_a_batch_that_hangs_is_interrupted_and_its_rows_run_alone():
    gather(1, 77, 2)
    Worker(limit=0.1).run_all()
    assert probes.batches == [[1, 77, 2]]
    assert states() == {1: "done", 77: "done", 2: "done"}


def test_a_batch_that_lost_the_database_is_tried_again_soon():
    gather(1, 99)
    assert Worker().run_all() == 2
    assert set(states().values()) == {"waiting"}
    assert {row.run_after - clock.now() for row in Task.objects.all()} == {timedelta(seconds=2)}
    clock.advance(timedelta(seconds=3))
    Worker().run_all()
    assert states() == {1: "done", 99: "done"}


def test_all_rows_of_a_batch_whose_worker_died_go_back_at_once_and_then_run_alone():
    gather(*range(4))
    name = marks.new_name()
    mark = marks.Mark(name)
    first = leases.claim(name)
    assert first is not None
    assert len(leases.claim_more(first, 3)) == 3
    assert leases.reap("another") == 0
    os.close(mark._handle)
    assert leases.reap("another") == 4
    clock.advance(timedelta(seconds=3))
    assert Worker().run_all() == 4
    assert (probes.batches, sorted(probes.seen)) == ([], [0, 1, 2, 3])


def test_every_lease_of_a_batch_is_kept():
    rows = gather(1, 2)
    first = leases.claim("w")
    assert first is not None
    leases.claim_more(first, 1)
    clock.advance(timedelta(seconds=50))
    watch = keeper.Keeper("w", 600.0)
    with watch.keeping([row.pk for row in rows]):
        watch.renew()
    clock.advance(timedelta(seconds=50))
    assert leases.reap("another") == 0
    watch.renew()
    clock.advance(timedelta(seconds=20))
    assert leases.reap("another") == 2, "outside of the block nothing is kept"


def test_a_worker_that_lost_a_lease_does_not_settle_that_row():
    gather(1, 2)
    first = leases.claim("slow")
    assert first is not None
    rows = [first, *leases.claim_more(first, 1)]
    Task.objects.filter(pk=rows[1].pk).update(worker="fast")
    assert leases.complete_all(rows) == 1
    assert leases.break_up([rows[1]], ValueError()) == 0
    assert states() == {1: "done", 2: "running"}


def test_rows_taken_between_looking_and_taking_are_left_alone():
    rows = gather(1, 2)
    seen = list(Task.objects.order_by("id"))
    assert leases._take([rows[0]], "a")
    assert [row.pk for row in leases._take(seen, "b")] == [rows[1].pk]
