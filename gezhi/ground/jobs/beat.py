"""The beat: turns due moments into task rows, once each, however many beats run."""

import logging
import time
from datetime import datetime, timedelta

from django.db import connection, transaction

from gezhi.ground.jobs import leases, marks, rows
from gezhi.ground.jobs.losses import LOST
from gezhi.ground.jobs.models import Pulse, Slot, Task, TaskState
from gezhi.ground.jobs.stopping import Stop
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.ground.jobs.timetable import Timed, Timetable
from gezhi.kernel import clock

logger = logging.getLogger("gezhi.jobs")
PULSE_SECONDS = 10.0
AGAIN_AFTER = timedelta(minutes=1)


class Beat:
    """Looks at the timetable every second and enqueues what became due."""

    def __init__(self, timetable: Timetable, *, name: str = "") -> None:
        self.name = name or f"beat:{marks.new_name()}"[:60]
        self.stop = Stop()
        self._timetable = timetable
        self._seen: dict[str, datetime] = {}
        self._not_before: dict[str, datetime] = {}
        self._sweep = Sweep("beat")
        self._pulse_at = 0.0

    def run(self) -> None:
        """Beat until SIGTERM or SIGINT; a lost database is waited for."""
        self.stop.on_signals()
        logger.info("%s begins with %d timed tasks", self.name, len(self._timetable))
        while not self.stop.asked:
            try:
                self.tick()
                self._pulse()
            except LOST as error:
                logger.warning("beat waits for the database: %s", type(error).__name__)
                connection.close()
            self.stop.wait(1.0)
        self._leave()

    def tick(self) -> int:
        """Enqueue every line that became due since the last look; answers how many.

        A line that cannot be enqueued keeps none of the others; it is tried again each minute.
        """
        now = clock.now()
        count = 0
        if not (self._seen or self._not_before):
            self._sweep.begin()
        for line in self._timetable:
            due = line.last_due(now)
            if self._seen.get(line.name) == due:
                continue
            if now < self._not_before.get(line.name, now):
                continue
            self._not_before[line.name] = now + AGAIN_AFTER
            with self._sweep.one("schedule", line.name):
                count += enqueue_due(line, due)
                self._seen[line.name] = due
                del self._not_before[line.name]
        return count

    def _pulse(self) -> None:
        if time.monotonic() >= self._pulse_at:
            self._pulse_at = time.monotonic() + PULSE_SECONDS
            leases.beat_pulse(self.name, "beat")

    def _leave(self) -> None:
        try:
            Pulse.objects.filter(pk=self.name).delete()
        except LOST:
            connection.close()


def enqueue_due(line: Timed, due: datetime) -> bool:
    """Write the slot of this moment and its task in one transaction; False when it has one.

    A name never seen before only leaves its slot and begins with its next moment, so that a new
    installation is not met by a day's tasks at once. While the task of the last moment has not even
    begun (no worker runs) or still runs, no second one is put behind it.
    """
    with transaction.atomic():
        last = Slot.objects.filter(schedule=line.name).order_by("-due_at").first()
        if last is not None and (last.due_at >= due or _unfinished(last.task_id)):
            return False
        slot = Slot(schedule=line.name, due_at=due)
        Slot.objects.bulk_create([slot], ignore_conflicts=True)
        # Another beat may have been first: then the row of this moment is not ours.
        if last is None or not Slot.objects.filter(pk=slot.pk).exists():
            return False
        task = rows.write(
            line.task, {}, key=f"{line.name}@{due.isoformat()}", owner_role=line.owner_role
        )
        Slot.objects.filter(pk=slot.pk).update(task_id=task.pk)
    return True


def _unfinished(task_id: int | None) -> bool:
    if task_id is None:
        return False
    row = Task.objects.filter(pk=task_id).only("state", "attempts").first()
    if row is None:
        return False
    return row.state == TaskState.RUNNING or (row.state == TaskState.WAITING and row.attempts == 0)
