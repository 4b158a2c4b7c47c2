"""A worker runs what is due, tries again what fails, and is stopped by nothing a task does."""

import os
import signal
import sys
import threading
import time
from datetime import timedelta

import pytest

from gezhi.ground.jobs import actions, leases, marks, rules
from gezhi.ground.jobs.models import Pulse, Task
from gezhi.ground.jobs.stopping import Stop
from gezhi.ground.jobs.tests import probes
from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_list():
    probes.seen.clear()


def test_a_due_task_is_run_once_and_done():
    row = actions.enqueue(probes.note, number=4)
    assert Worker().run_all() == 1
    row.refresh_from_db()
    assert (row.state, row.result, row.attempts, row.lease_until) == ("done", 4, 1, None)
    assert probes.seen == [4]


def test_a_task_waits_for_its_time():
    actions.enqueue(probes.note, number=1, run_after=clock.now() + timedelta(minutes=5))
    assert Worker().run_all() == 0
    clock.advance(timedelta(minutes=5))
    assert Worker().run_all() == 1


def test_higher_priority_goes_first_and_then_the_older():
    for number, priority in [(1, 0), (2, 9), (3, 0)]:
        actions.enqueue(probes.note, number=number, priority=priority)
    Worker().run_all()
    assert probes.seen == [2, 1, 3]


def test_a_failure_is_kept_by_class_and_place_and_without_its_words():
    row = actions.enqueue(probes.fail, number=1)
    Worker().run_all()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "13800000000" not in row.error
    path = "gezhi.ground.jobs.tests.probes"
    assert row.error.startswith(f"{path}.Failure at {path}:")


def test_after_five_tries_it_is_in_the_failed_list_and_not_before():
    row = actions.enqueue(probes.fail, number=1)
    tries = []
    for _ in range(8):
        tries.append(Worker().run_all())
        clock.advance(timedelta(hours=1))
    row.refresh_from_db()
    assert tries == [1, 1, 1, 1, 1, 0, 0, 0]
    assert (row.state, row.attempts) == ("failed", 5)


def test_each_wait_is_longer_and_at_least_half_of_its_measure():
    assert [rules.delay_after(n, 0.0) for n in (1, 2, 3, 4)] == [5, 30, 180, 1080]
    for attempts in (1, 2, 3, 4):
        delays = {rules.delay_after(attempts) for _ in range(50)}
        assert len(delays) > 40
        longest = rules.delay_after(attempts, 1.0)
        assert all(longest / 2 <= delay <= longest for delay in delays)


def test_a_failing_task_does_not_hold_up_the_others():
    actions.enqueue(probes.fail, number=1, priority=50)
    actions.enqueue(probes.leave, number=2, priority=50)
    actions.enqueue(probes.note, number=3)
    assert Worker().run_all() == 3
    assert probes.seen == [1, 2, 3]


def test_a_task_that_hangs_is_interrupted_at_its_limit():
    row = actions.enqueue(probes.hang, number=1)
    actions.enqueue(probes.note, number=2)
    before = signal.getsignal(signal.SIGALRM)
    assert Worker(limit=0.1).run_all() == 2
    row.refresh_from_db()
    assert row.state == "waiting"
    assert "TimeLimit" in row.error
    assert signal.getsignal(signal.SIGALRM) == before


def test_a_row_that_names_no_task_fails_and_nothing_is_imported():
    now = clock.now()
    row = Task(path="antigravity.fly", run_after=now, enqueued_at=now)
    row.save()
    Worker().run_all()
    row.refresh_from_db()
    assert "UnknownTask" in row.error
    assert "antigravity" not in sys.modules


def test_a_task_may_ask_at_which_try_it_is():
    row = actions.enqueue(probes.tell_attempt)
    Worker().run_all()
    row.refresh_from_db()
    assert row.result == 1


def test_a_row_is_claimed_by_one_of_two():
    actions.enqueue(probes.note, number=1)
    assert leases.claim("a") is not None
    assert leases.claim("b") is None


def test_a_row_taken_between_looking_and_taking_is_left_alone():
    row = actions.enqueue(probes.note, number=1)
    stale = Task.objects.get(pk=row.pk)
    assert leases._take([row], "a")
    assert not leases._take([stale], "b")
    row.refresh_from_db()
    assert row.worker == "a"


def test_an_expired_lease_goes_back_and_a_renewed_one_does_not():
    actions.enqueue(probes.note, number=1)
    row = leases.claim("gone")
    assert row is not None
    clock.advance(timedelta(seconds=50))
    assert leases.renew([row.pk], "gone")
    clock.advance(timedelta(seconds=50))
    assert leases.reap() == 0
    clock.advance(timedelta(seconds=20))
    assert leases.reap() == 1
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == (
        "waiting",
        1,
        "the worker went away while it ran",
    )
    assert not leases.renew([row.pk], "gone")


def test_a_worker_that_lost_its_lease_cannot_settle_what_another_took():
    actions.enqueue(probes.note, number=1)
    lost = leases.claim("slow")
    assert lost is not None
    clock.advance(timedelta(minutes=2))
    leases.reap()
    clock.advance(timedelta(minutes=2))
    taken = leases.claim("fast")
    assert taken is not None
    assert not leases.complete(lost, 1)
    assert not leases.fail(lost, ValueError())
    assert leases.complete(taken, 2)


def test_a_row_whose_worker_died_five_times_is_given_up():
    row = actions.enqueue(probes.note, number=1)
    for _ in range(6):
        leases.claim("gone")
        clock.advance(timedelta(minutes=5))
        leases.reap()
        clock.advance(timedelta(minutes=5))
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("failed", 5)


def test_the_mark_of_a_living_worker_holds_and_that_of_a_dead_one_does_not():
    name = marks.new_name()
    mark = marks.Mark(name)
    assert not marks.is_dead(name)
    os.close(mark._handle)
    assert marks.is_dead(name)
    marks.sweep()
    assert not mark._file.exists()
    assert not marks.is_dead(name), "no mark: nothing is known"


def test_what_a_dead_worker_held_is_taken_back_before_its_lease_ends():
    name = marks.new_name()
    mark = marks.Mark(name)
    actions.enqueue(probes.note, number=1)
    leases.claim(name)
    assert leases.reap() == 0
    os.close(mark._handle)
    assert leases.reap() == 1


def test_a_worker_puts_back_what_stands_under_its_name_without_its_knowing():
    row = actions.enqueue(probes.note, number=1)
    leases.claim("me")
    assert leases.reap("me") == 1, "between two tasks a worker holds none"
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 1)


def test_housekeeping_leaves_one_pulse():
    worker = Worker()
    worker.keep_house()
    clock.advance(timedelta(seconds=10))
    worker._pulse_at = 0
    worker.keep_house()
    pulse = Pulse.objects.get()
    assert (pulse.name, pulse.seen_at) == (worker.name, clock.now())


def test_waiting_ends_when_a_stop_is_asked_for():
    stop = Stop()
    threading.Timer(0.05, stop.ask).start()
    begun = time.monotonic()
    assert stop.wait(20)
    assert time.monotonic() - begun < 10
    assert not Stop().wait(0.001)


def test_done_tasks_go_after_a_week_and_failed_ones_stay():
    actions.enqueue(probes.note, number=1, key="note@1")
    failed = actions.enqueue(probes.fail, number=2)
    for _ in range(5):
        Worker().run_all()
        clock.advance(timedelta(hours=1))
    assert actions.prune() == 0
    clock.advance(timedelta(days=7))
    assert actions.prune() == 1
    assert [row.pk for row in Task.objects.all()] == [failed.pk]
