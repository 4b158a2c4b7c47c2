"""Failed tasks are seen by whoever looks after them, and nobody else; tending them is recorded."""

from datetime import timedelta

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.jobs import actions, leases, queries
from gezhi.ground.jobs.tests import probes
from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Unseen
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

pytestmark = pytest.mark.django_db


def viewer(role):
    return Viewer(user_id=1, seats=(Seat(1, 1, role, 1, Level.DISTRICT),))


ADMINISTRATOR = viewer(Role.SYSTEM_ADMINISTRATOR)
DISPATCHER = viewer(Role.DISPATCHER)
HANDLER = viewer(Role.HANDLER)


@pytest.fixture
def failed():
    row = actions.enqueue(probes.fail, number=1, owner_role="dispatcher")
    for _ in range(5):
        Worker().run_all()
        clock.advance(timedelta(hours=1))
    row.refresh_from_db()
    return row


def test_the_failed_list_is_for_its_owner_and_the_administrator(failed):
    for who, count in [(ADMINISTRATOR, 1), (DISPATCHER, 1), (HANDLER, 0), (Viewer.anonymous(), 0)]:
        assert len(queries.failed_tasks(who)) == count
    shown = queries.failed_tasks(DISPATCHER)[0]
    assert (shown.id, shown.attempts) == (failed.pk, 5)
    assert "Failure" in shown.error


def test_a_retried_task_has_all_its_tries_again_and_leaves_an_entry(failed):
    actions.retry(task_id=failed.pk, by=DISPATCHER)
    assert Worker().run_all() == 1
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("waiting", 1)
    entry = Entry.objects.get(verb="jobs.retry")
    assert (entry.subject_id, entry.user_id) == (failed.pk, 1)


def test_an_abandoned_task_is_out_of_the_list_and_never_runs(failed):
    actions.abandon(task_id=failed.pk, by=ADMINISTRATOR)
    assert queries.failed_tasks(ADMINISTRATOR) == []
    clock.advance(timedelta(days=1))
    assert Worker().run_all() == 0
    assert Entry.objects.filter(verb="jobs.abandon").count() == 1


@pytest.mark.parametrize("deed", [actions.retry, actions.abandon])
def test_tending_is_refused_to_others_and_for_what_has_not_failed(failed, deed):
    with pytest.raises(Unseen):
        deed(task_id=failed.pk, by=HANDLER)
    with pytest.raises(Unseen):
        deed(task_id=1, by=ADMINISTRATOR)
    waiting = actions.enqueue(probes.note, number=1)
    with pytest.raises(Conflict):
        deed(task_id=waiting.pk, by=ADMINISTRATOR)


def test_the_state_of_the_queue_counts_each_row_once(failed):
    moment = clock.now()
    actions.enqueue(probes.note, number=1)
    actions.enqueue(probes.note, number=2, run_after=moment + timedelta(hours=1))
    actions.enqueue(probes.note, number=3, priority=9)
    leases.claim("someone")
    state = queries.queue_state(ADMINISTRATOR)
    assert (state.due, state.later, state.running, state.failed) == (1, 1, 1, 1)
    assert state.oldest_due == moment


def test_a_silent_worker_is_shown_as_late():
    leases.beat_pulse("a", "worker")
    clock.advance(timedelta(seconds=31))
    leases.beat_pulse("b", "beat")
    assert [(p.machine, p.late) for p in queries.pulses(ADMINISTRATOR)] == [
        ("b", False), ("a", True),
    ]  # fmt: skip
