"""The worker: takes one task after another, and outlives what happens to it.

One worker runs one task at a time; more workers are more processes. A task runs at least once and
may run again after a crash: what it does is keyed, or done by an action that is.
"""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import close_old_connections, connection
from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from gezhi.ground.jobs import leases, marks, registry
from gezhi.ground.jobs.backend import result_of
from gezhi.ground.jobs.courtesy import Courtesy
from gezhi.ground.jobs.keeper import Keeper
from gezhi.ground.jobs.losses import LOST, is_passing
from gezhi.ground.jobs.models import Pulse, Task
from gezhi.ground.jobs.stopping import Stop

logger = logging.getLogger("gezhi.jobs")
REAP_SECONDS = 5.0
PULSE_SECONDS = 10.0
SETTLE_SECONDS = 30.0


class TimeLimit(BaseException):
    """A task ran too long; not an Exception, so that a task cannot swallow it by the way."""


class UnknownTask(Exception):
    """A row names a task that no module has."""


class Worker:
    """Claims due rows and runs them until it is asked to stop."""

    def __init__(
        self, *, name: str = "", queue: str = "default", poll: float = 0.5, limit: float = 600.0
    ) -> None:
        """`poll` seconds between looks at an empty queue, `limit` seconds a task may take."""
        self.name = name or marks.new_name()
        self.stop = Stop()
        self._queue = queue
        self._poll = poll
        self._limit = limit
        self._reap_at = 0.0
        self._pulse_at = 0.0
        self._courtesy = Courtesy()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a task that runs then is finished first.

        A lost database is waited for, with pauses of a second.
        """
        self.stop.on_signals()
        mark = marks.Mark(self.name)
        keeper = Keeper(self.name, self._limit)
        logger.info("worker %s begins", self.name)
        with keeper:
            while not self.stop.asked:
                if not self._turn(keeper):
                    self.stop.wait(self._poll)
        self._leave()
        mark.put_down()
        logger.info("worker %s ends", self.name)

    def _turn(self, keeper: Keeper) -> bool:
        """Housekeeping when it is time, then one task; False when there is reason to rest."""
        try:
            self.keep_house()
            row = leases.claim(self.name, self._queue)
        except LOST as error:
            logger.warning("%s waits for the database: %s", self.name, type(error).__name__)
            connection.close()
            self.stop.wait(1.0)
            return False
        if row is None:
            return False
        self._courtesy.begin()
        with keeper.keeping(row.pk):
            self.perform(row)
        self.stop.wait(self._courtesy.rest_after(row))
        return True

    def run_once(self) -> bool:
        """Reap, then take and run one due task here and now; False when none was due."""
        leases.reap(self.name)
        row = leases.claim(self.name, self._queue)
        if row is None:
            return False
        self.perform(row)
        return True

    def run_all(self, most: int = 10_000) -> int:
        """Run due tasks until none is left; answers how many ran. For commands and tests."""
        count = 0
        while count < most and self.run_once():
            count += 1
        return count

    def keep_house(self) -> None:
        """Take back what the dead held and give a sign of life, each in its own rhythm."""
        now = time.monotonic()
        if now >= self._reap_at:
            self._reap_at = now + REAP_SECONDS
            reaped = leases.reap(self.name)
            if reaped:
                logger.warning("took back %d tasks of workers that went away", reaped)
        if now >= self._pulse_at:
            self._pulse_at = now + PULSE_SECONDS
            leases.beat_pulse(self.name, "worker")

    def perform(self, row: Task) -> None:
        """Run a claimed row and settle it; nothing a task raises reaches the caller."""
        try:
            with self._within_limit():
                result = self._call(row)
        except BaseException as error:
            # SystemExit, RecursionError and MemoryError too: one row never ends the queue.
            passing = is_passing(error)
            _drop_broken_connection()
            self._settle(row, error=error, passing=passing)
        else:
            self._settle(row, result=result)
        _drop_broken_connection()

    def _call(self, row: Task) -> Any:
        task = registry.find(row.path)
        if task is None:
            raise UnknownTask(row.path)
        if task.takes_context:
            context = TaskContext(task_result=result_of(row, task, "default"))
            return normalize_json(task.call(context, **row.arguments))
        return normalize_json(task.call(**row.arguments))

    def _settle(
        self,
        row: Task,
        *,
        result: Any = None,
        error: BaseException | None = None,
        passing: bool = False,
    ) -> None:
        """Write what became of it, trying for half a minute while the database is away.

        When even that fails the lease ends by itself and the task runs again.
        """
        give_up = time.monotonic() + SETTLE_SECONDS
        while True:
            try:
                if error is None:
                    mine = leases.complete(row, result)
                else:
                    mine = leases.fail(row, error, passing=passing)
            except LOST:
                connection.close()
                if time.monotonic() > give_up:
                    logger.error("task %s %s could not be settled", row.path, row.pk)
                    return
                time.sleep(1.0)
                continue
            self._tell(row, error, mine)
            return

    def _tell(self, row: Task, error: BaseException | None, mine: bool) -> None:
        # Never the message of the error: it may hold what a person wrote.
        if not mine:
            logger.warning("task %s %s was taken over by another worker", row.path, row.pk)
        elif error is None:
            logger.debug("task %s %s done", row.path, row.pk)
        else:
            kind = f"{type(error).__module__}.{type(error).__qualname__}"
            logger.warning("task %s %s failed at try %d: %s", row.path, row.pk, row.attempts, kind)

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

    def _leave(self) -> None:
        try:
            Pulse.objects.filter(pk=self.name).delete()
        except LOST:
            connection.close()


def _drop_broken_connection() -> None:
    """As at the end of a request; not inside a transaction, which is a caller's own (run_once)."""
    if not connection.in_atomic_block:
        close_old_connections()
