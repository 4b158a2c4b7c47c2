"""A due moment becomes one task, however many beats look and however long nobody looked."""

from datetime import UTC, datetime, time, timedelta

import pytest

from gezhi.ground.jobs import actions, rows, timetable
from gezhi.ground.jobs.beat import Beat
from gezhi.ground.jobs.models import Slot, Stuck, Task
from gezhi.ground.jobs.tests import probes
from gezhi.ground.jobs.timetable import Timed
from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock

MINUTE = Timed("minute", probes.tell_attempt, every=60)
NIGHT = Timed("night", probes.tell_attempt, daily=time(3, 10))


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "now", "due"),
    [
        (MINUTE, "2026-11-21T10:00:59", "2026-11-21T10:00:00"),
        (MINUTE, "2026-11-21T10:01:00", "2026-11-21T10:01:00"),
        (NIGHT, "2026-11-21T19:09:59", "2026-11-20T19:10:00"),
        (NIGHT, "2026-11-21T19:10:00", "2026-11-21T19:10:00"),
    ],
)
def test_the_last_due_moment_is_the_newest_that_is_not_later(line, now, due):
    assert line.last_due(moment(now)) == moment(due)


def test_a_line_has_one_rhythm():
    with pytest.raises(ValueError, match="both"):
        Timed("both", probes.tell_attempt, every=1, daily=time(1))
    with pytest.raises(ValueError, match="none"):
        Timed("none", probes.tell_attempt)


@pytest.fixture
def minute(db):
    """A beat that has seen its line before."""
    beating = Beat((MINUTE,))
    assert beating.tick() == 0
    return beating


def test_a_new_line_begins_with_its_next_moment(minute):
    assert not Task.objects.exists()
    clock.advance(timedelta(seconds=59))
    assert minute.tick() == 0
    clock.advance(timedelta(seconds=1))
    assert minute.tick() == 1
    assert minute.tick() == 0


def test_two_beats_enqueue_one_task(minute):
    other = Beat((MINUTE,))
    clock.advance(timedelta(seconds=60))
    assert [minute.tick(), other.tick(), Beat((MINUTE,)).tick()] == [1, 0, 0]
    assert Task.objects.count() == 1


def test_after_a_long_stop_a_task_runs_once(minute):
    clock.advance(timedelta(days=3))
    assert Beat((MINUTE,)).tick() == 1
    assert Task.objects.count() == 1


def test_without_a_worker_tasks_do_not_pile_up(minute):
    for _ in range(5):
        clock.advance(timedelta(seconds=60))
        minute.tick()
    assert Task.objects.count() == 1
    Worker().run_all()
    clock.advance(timedelta(seconds=60))
    assert minute.tick() == 1


def test_a_task_that_waits_for_its_retry_does_not_stop_the_next(db):
    failing = Timed("failing", probes.break_down, every=60)
    beating = Beat((failing,))
    beating.tick()
    for _ in range(2):
        clock.advance(timedelta(seconds=60))
        assert beating.tick() == 1
        Worker().run_once()
    assert Task.objects.count() == 2


def test_the_newest_slot_outlives_pruning(minute):
    clock.advance(timedelta(seconds=60))
    minute.tick()
    clock.advance(timedelta(days=30))
    actions.prune()
    assert Slot.objects.count() == 1
    assert Beat((MINUTE,)).tick() == 0, "its task has not begun yet"
    Worker().run_all()
    clock.advance(timedelta(seconds=60))
    assert Beat((MINUTE,)).tick() == 1


def test_a_slot_and_its_task_are_written_together_or_not_at_all(minute, monkeypatch):
    clock.advance(timedelta(seconds=60))

    def broken(*given, **named):
        raise ZeroDivisionError

    monkeypatch.setattr(rows, "write", broken)
    assert minute.tick() == 0
    assert Slot.objects.count() == 1
    monkeypatch.undo()
    assert minute.tick() == 0
    clock.advance(timedelta(seconds=60))
    assert minute.tick() == 1


def test_a_line_that_cannot_be_enqueued_is_shown_and_keeps_none_of_the_others(db, monkeypatch):
    bad = Timed("bad", probes.end_my_connection, every=60)
    beating = Beat((bad, MINUTE))
    beating.tick()
    clock.advance(timedelta(seconds=60))
    whole = rows.write
    monkeypatch.setattr(
        rows,
        "write",
        lambda task, *given, **named: 1 / 0 if task is bad.task else whole(task, *given, **named),
    )
    assert beating.tick() == 1
    stuck = Stuck.objects.get()
    assert (stuck.loop, stuck.subject, stuck.code) == ("beat", "bad", "unexpected")
    assert stuck.words.startswith("builtins.ZeroDivisionError at ")
    monkeypatch.undo()
    clock.advance(timedelta(seconds=60))
    # The next beat, too, knows what is stuck.
    assert Beat((bad,)).tick() == 1
    assert not Stuck.objects.exists()


def test_two_lines_of_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(timetable, "_load", lambda: (MINUTE, MINUTE))
    with pytest.raises(ValueError, match="same name"):
        timetable.timetable()
