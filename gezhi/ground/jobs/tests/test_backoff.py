"""A worker steps aside while others queue for the processors, but not for ever."""

from datetime import timedelta
from pathlib import Path

from gezhi.ground.jobs.backoff import LONGEST_REST, Backoff
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock


def _row(*, waited: timedelta = timedelta(), priority: int = 0) -> Task:
    return Task(path="x", run_after=clock.now() - waited, priority=priority)


def _after(tmp_path: Path, *, ran: int, waited: int, row: Task) -> float:
    schedstat = tmp_path / "schedstat"
    schedstat.write_text("1000000 1000000 5\n")
    backoff = Backoff(schedstat)
    schedstat.write_text(f"{1000000 + ran} {1000000 + waited} 9\n")
    return backoff.rest_after(row)


def test_it_rests_after_a_task_that_had_to_queue(tmp_path: Path) -> None:
    assert 0 < _after(tmp_path, ran=5_000_000, waited=9_000_000, row=_row()) <= LONGEST_REST


def test_it_goes_on_at_once_where_processors_are_free(tmp_path: Path) -> None:
    assert _after(tmp_path, ran=5_000_000, waited=100_000, row=_row()) == 0


def test_a_row_that_waited_long_for_its_priority_is_not_made_to_wait_longer(tmp_path: Path) -> None:
    def rest(seconds: int, priority: int) -> float:
        row = _row(waited=timedelta(seconds=seconds), priority=priority)
        return _after(tmp_path, ran=5_000_000, waited=9_000_000, row=row)

    assert rest(10, 0) > 0
    assert rest(20, 0) == 0
    assert rest(20, -1) > 0
    assert rest(90, -1) == 0


def test_a_system_that_does_not_say_is_taken_as_free(tmp_path: Path) -> None:
    assert Backoff(tmp_path / "nothing").rest_after(_row()) == 0
