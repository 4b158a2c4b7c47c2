"""Races between real transactions of PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from gezhi.ground.jobs import actions, leases
from gezhi.ground.jobs.beat import enqueue_due
from gezhi.ground.jobs.models import Slot, Task
from gezhi.ground.jobs.tests import probes
from gezhi.ground.jobs.timetable import Timed
from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MINUTE = Timed("minute", probes.tell_attempt, every=60)


@pytest.fixture(autouse=True)
def no_task_but_those_of_the_race(transactional_db):
    """Before the first emptying the cast is still there, with a task that building it asked for."""
    Task.objects.all().delete()


def at_once(deed, arguments):
    """Run the deed for each argument in a thread of its own, all starting together."""
    gate = threading.Barrier(len(arguments))
    moment = clock.now()

    def run(argument):
        with clock.moved_to(moment):
            gate.wait()
            try:
                return deed(argument)
            finally:
                connections.close_all()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_eight_workers_share_forty_tasks_without_taking_one_twice():
    rows = [actions.enqueue(probes.note, number=number).pk for number in range(40)]

    def drain(worker):
        taken = []
        while row := leases.claim(worker):
            taken.append(row.pk)
        return taken

    taken = [row for some in at_once(drain, [f"w{n}" for n in range(8)]) for row in some]
    assert sorted(taken) == sorted(rows)


def test_eight_workers_share_forty_tasks_in_batches_without_taking_one_twice():
    rows = [actions.enqueue(probes.gather, number=number).pk for number in range(40)]

    def drain(worker):
        taken = []
        while row := leases.claim(worker):
            more = leases.claim_more(row, probes.MOST - 1)
            assert len(more) < probes.MOST
            taken += [row.pk, *(one.pk for one in more)]
        return taken

    taken = [row for some in at_once(drain, [f"w{n}" for n in range(8)]) for row in some]
    assert sorted(taken) == sorted(rows)


def test_a_row_that_another_transaction_holds_is_passed_over():
    first = actions.enqueue(probes.note, number=1, priority=9)
    second = actions.enqueue(probes.note, number=2)
    with transaction.atomic():
        Task.objects.select_for_update().get(pk=first.pk)
        assert at_once(leases.claim, ["w"]) == [second]


def test_one_key_asked_for_by_eight_is_one_row():
    rows = at_once(lambda _: actions.enqueue(probes.note, key="k", number=1).pk, list(range(8)))
    assert len(set(rows)) == 1
    assert Task.objects.count() == 1


def test_a_key_whose_first_transaction_fails_is_free_for_the_second():
    written, go = threading.Event(), threading.Event()

    def first():
        try:
            with transaction.atomic():
                actions.enqueue(probes.note, key="k", number=1)
                written.set()
                go.wait(10)
                raise ZeroDivisionError
        except ZeroDivisionError:
            return
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(first)
        written.wait(10)
        threading.Timer(0.1, go.set).start()
        row = actions.enqueue(probes.note, key="k", number=1)
        waiting.result(10)
    assert Task.objects.get() == row


def test_eight_beats_enqueue_a_moment_once():
    enqueue_due(MINUTE, MINUTE.last_due(clock.now()))
    due = MINUTE.last_due(clock.now() + timedelta(minutes=1))
    assert sum(at_once(lambda _: enqueue_due(MINUTE, due), list(range(8)))) == 1
    assert (Task.objects.count(), Slot.objects.count()) == (1, 2)


def test_a_worker_outlives_the_end_of_its_connection():
    row = actions.enqueue(probes.end_my_connection)
    worker = Worker()
    assert worker.run_once()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.run_after - clock.now() == timedelta(seconds=2), "not the task's fault: soon again"
    actions.enqueue(probes.note, number=77)
    assert worker.run_once()
    assert probes.seen[-1] == 77


def test_settling_waits_for_the_database_to_come_back():
    actions.enqueue(probes.note, number=1)
    row = leases.claim("w")
    assert row is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    at_once(probes.end_connection, [number])
    worker = Worker(name="w")
    worker.perform(row)
    row.refresh_from_db()
    assert row.state == "done"
