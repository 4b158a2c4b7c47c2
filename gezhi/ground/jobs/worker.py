"""The worker: takes one task after another, and outlives what happens to it.

One worker runs one task, or a batch of one task's rows, at a time; more workers are more processes.
A task runs at least once and may run again after a crash: what it does is keyed, or done by an
action that is.
"""

import logging
import time

from django.db import connection

from gezhi.ground.jobs import leases, marks, registry
from gezhi.ground.jobs.backoff import Backoff
from gezhi.ground.jobs.keeper import Keeper
from gezhi.ground.jobs.losses import LOST
from gezhi.ground.jobs.models import Pulse, Task
from gezhi.ground.jobs.performing import Performer
from gezhi.ground.jobs.stopping import Stop

logger = logging.getLogger("gezhi.jobs")
REAP_SECONDS = 5.0
PULSE_SECONDS = 10.0


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
        self._performer = Performer(limit)
        self._reap_at = 0.0
        self._pulse_at = 0.0
        self._backoff = Backoff()

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
        """Housekeeping when it is time, then one task or a batch of it; False when there is reason
        to rest."""
        try:
            self.keep_house()
            rows = self._claimed()
        except LOST as error:
            logger.warning("%s waits for the database: %s", self.name, type(error).__name__)
            connection.close()
            self.stop.wait(1.0)
            return False
        if not rows:
            return False
        self._backoff.begin()
        with keeper.keeping([row.pk for row in rows]):
            self.perform(*rows)
        self.stop.wait(self._backoff.rest_after(rows[0]))
        return True

    def run_once(self) -> int:
        """Reap, then take and run one due task, or a batch of it, here and now; answers how many
        rows that were."""
        leases.reap(self.name)
        rows = self._claimed()
        if rows:
            self.perform(*rows)
        return len(rows)

    def run_all(self, most: int = 10_000) -> int:
        """Run due tasks until none is left; answers how many ran. For commands and tests."""
        count = 0
        while count < most and (ran := self.run_once()):
            count += ran
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

    def perform(self, *rows: Task) -> None:
        """Run claimed rows of one task and settle them, as `Performer.perform`."""
        self._performer.perform(rows)

    def _claimed(self) -> list[Task]:
        """The next row that is due, with others like it where its task does many at once."""
        row = leases.claim(self.name, self._queue)
        if row is None:
            return []
        batch = registry.batch_of(row.path) if row.attempts == 1 else None
        return [row] if batch is None else [row, *leases.claim_more(row, batch.most - 1)]

    def _leave(self) -> None:
        try:
            Pulse.objects.filter(pk=self.name).delete()
        except LOST:
            connection.close()
