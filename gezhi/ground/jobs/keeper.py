"""The thread beside a worker that keeps the leases of what runs long, and ends a worker that hangs."""

import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

from django.db import Error, connection

from gezhi.ground.jobs import leases
from gezhi.ground.jobs.rules import RENEW_SECONDS

logger = logging.getLogger("gezhi.jobs")
GRACE_SECONDS = 30.0
EXIT_STATUS = 75


class Keeper:
    """Renews the lease every twenty seconds while a task, or a batch of them, runs.

    A task past its limit is interrupted by the worker itself. One that even so does not come back
    (it hangs in C code) is left: the keeper stops renewing and ends the process, whose supervisor
    starts another. A renewal that fails is tried again; the lease outlasts two of them.
    """

    def __init__(self, worker: str, limit: float) -> None:
        self._worker = worker
        self._limit = limit
        self._lock = threading.Lock()
        self._task_ids: list[int] = []
        self._since = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def __enter__(self) -> "Keeper":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    @contextmanager
    def keeping(self, task_ids: Sequence[int]) -> Iterator[None]:
        """Keep the leases of these tasks inside the block."""
        with self._lock:
            self._task_ids, self._since = list(task_ids), time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._task_ids = []

    def renew(self) -> None:
        """One round: renew what runs, or end the process when it hangs past its limit."""
        with self._lock:
            task_ids, since = self._task_ids, self._since
        if not task_ids:
            return
        if time.monotonic() - since > self._limit + GRACE_SECONDS:
            logger.error("worker %s hangs in task %s and ends itself", self._worker, task_ids[0])
            os._exit(EXIT_STATUS)
        leases.renew(task_ids, self._worker)
        leases.beat_pulse(self._worker, "worker")

    def _run(self) -> None:
        while not self._over.wait(RENEW_SECONDS):
            try:
                self.renew()
            except Error as error:
                logger.warning("a lease was not renewed: %s", type(error).__name__)
                connection.close()
        connection.close()
