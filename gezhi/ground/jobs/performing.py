"""Running what was claimed, and writing down what became of it; nothing a task does gets past here."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import close_old_connections, connection
from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from gezhi.ground.jobs import leases, registry
from gezhi.ground.jobs.backend import result_of
from gezhi.ground.jobs.losses import LOST, is_passing
from gezhi.ground.jobs.models import Task

logger = logging.getLogger("gezhi.jobs")
SETTLE_SECONDS = 30.0


class TimeLimit(BaseException):
    """A task ran too long; not an Exception, so that a task cannot swallow it by the way."""


class UnknownTask(Exception):
    """A row names a task that no module has."""


class Performer:
    """Runs one row by itself, or many rows of one task at once, within a limit of seconds."""

    def __init__(self, limit: float) -> None:
        self._limit = limit

    def perform(self, rows: Sequence[Task]) -> None:
        """Run claimed rows and settle them; nothing a task raises reaches the caller.

        More than one are a batch (`registry.in_batches`): where it breaks off, for whatever reason,
        each of its rows is put back to run alone.
        """
        if len(rows) == 1:
            self._perform_one(rows[0])
        else:
            self._perform_batch(rows)
        _drop_broken_connection()

    def _perform_one(self, row: Task) -> None:
        try:
            with self._within_limit():
                result = _called(row)
        except BaseException as error:
            # SystemExit, RecursionError and MemoryError too: one row never ends the queue.
            _settle_failure(row, error)
        else:
            _settle([row], lambda: leases.complete(row, result))

    def _perform_batch(self, rows: Sequence[Task]) -> None:
        try:
            with self._within_limit():
                failures = _called_together(rows)
        except BaseException as error:
            _settle_break_up(rows, error)
        else:
            done = [row for row in rows if row.pk not in failures]
            if done:
                _settle(done, lambda: leases.complete_all(done))
            for row in rows:
                if row.pk in failures:
                    _settle_failure(row, failures[row.pk])

    @contextmanager
    def _within_limit(self) -> Iterator[None]:
        """Raise TimeLimit inside the task when its time is over (main thread only)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def over(number: int, frame: Any) -> None:
            raise TimeLimit

        before = signal.signal(signal.SIGALRM, over)
        signal.setitimer(signal.ITIMER_REAL, self._limit)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _called(row: Task) -> Any:
    task = registry.find(row.path)
    if task is None:
        raise UnknownTask(row.path)
    if task.takes_context:
        context = TaskContext(task_result=result_of(row, task, "default"))
        return normalize_json(task.call(context, **row.arguments))
    return normalize_json(task.call(**row.arguments))


def _called_together(rows: Sequence[Task]) -> dict[int, Exception]:
    """What went wrong, by the id of the row it went wrong with."""
    batch = registry.batch_of(rows[0].path)
    if batch is None:
        raise UnknownTask(rows[0].path)
    outcomes = batch.perform([row.arguments for row in rows])
    answered = zip(rows, outcomes, strict=True)
    return {row.pk: failure for row, failure in answered if failure is not None}


def _settle_failure(row: Task, error: BaseException) -> None:
    # Never the message of the error: it may hold what a person wrote.
    passing = is_passing(error)
    _drop_broken_connection()
    logger.warning(
        "task %s %s failed at try %d: %s", row.path, row.pk, row.attempts, _kind_of(error)
    )
    _settle([row], lambda: leases.fail(row, error, passing=passing))


def _settle_break_up(rows: Sequence[Task], error: BaseException) -> None:
    passing = is_passing(error)
    _drop_broken_connection()
    logger.warning("%d tasks %s run one by one: %s", len(rows), rows[0].path, _kind_of(error))
    _settle(rows, lambda: leases.break_up(rows, error, passing=passing))


def _settle(rows: Sequence[Task], write: Callable[[], int]) -> None:
    """Write what became of the rows, trying for half a minute while the database is away.

    When even that fails the leases end by themselves and the tasks run again.
    """
    give_up = time.monotonic() + SETTLE_SECONDS
    while True:
        try:
            mine = write()
        except LOST:
            connection.close()
            if time.monotonic() > give_up:
                logger.error("%d tasks %s could not be settled", len(rows), rows[0].path)
                return
            time.sleep(1.0)
            continue
        if mine < len(rows):
            taken = len(rows) - mine
            logger.warning("%d tasks %s were taken over by another worker", taken, rows[0].path)
        return


def _kind_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _drop_broken_connection() -> None:
    """As at the end of a request; not inside a transaction, which is a caller's own (run_once)."""
    if not connection.in_atomic_block:
        close_old_connections()
