"""Stepping aside while the processors are wanted: pages and intake come before what may wait.

A lower priority alone does not do it where the work is done by the database's own processes.
"""

import time
from datetime import timedelta
from pathlib import Path

from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock

LONGEST_REST = 0.25
# Whoever waited this long is served at full speed, however busy the machine is. A queue that is
# fuller than rests allow settles at this age, so it is also how late things are in a rush: short
# for what a person waits for (a reporter's message), longer for what has a lower priority.
LONGEST_WAIT = timedelta(seconds=15)
LONGEST_WAIT_OF_THE_LESSER = timedelta(minutes=1)
_SCHEDSTAT = Path("/proc/self/schedstat")


class Backoff:
    """Watches how long this process had to queue for a processor while it worked."""

    def __init__(self, schedstat: Path = _SCHEDSTAT) -> None:
        self._schedstat = schedstat
        self.begin()

    def begin(self) -> None:
        """Note that a task, or a batch of them, begins now."""
        self._ran, self._waited = self._read()
        self._began = time.monotonic()

    def rest_after(self, row: Task) -> float:
        """Seconds to rest before the next task; 0 when processors were free, or where none can say.

        Ten times as long as the task (or the batch that began with it) took, at most a quarter of a
        second, when the process queued for a quarter of the time it ran. Never after one that itself
        waited long, by its priority: the queue is worked off then.
        """
        ran, waited = self._read()
        took = time.monotonic() - self._began
        crowded = waited - self._waited > max((ran - self._ran) // 4, 1)
        longest = LONGEST_WAIT if row.priority >= 0 else LONGEST_WAIT_OF_THE_LESSER
        if not crowded or clock.now() - row.run_after > longest:
            return 0.0
        return min(LONGEST_REST, 10 * took)

    def _read(self) -> tuple[int, int]:
        """Nanoseconds this process ran, and queued to run (Linux: Documentation/scheduler)."""
        try:
            ran, waited, _slices = self._schedstat.read_text().split()
        except (OSError, ValueError):
            return 0, 0
        return int(ran), int(waited)
