"""Who works on which row: taking it, keeping it, settling it, taking it back from the dead.

Every move is one conditional UPDATE that names the worker, so a worker that lost its lease cannot
overwrite what another one did since.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from gezhi.ground.jobs import marks
from gezhi.ground.jobs.models import Pulse, Task, TaskState
from gezhi.ground.jobs.rules import (
    LEASE_SECONDS,
    TRIES,
    delay_after,
    delay_after_loss,
    place_of,
)
from gezhi.kernel import clock

_LOST = "the worker went away while it ran"


def claim(worker: str, queue: str = "default") -> Task | None:
    """Take the next row that is due, or None.

    On PostgreSQL one statement locks it past those that others hold (SKIP LOCKED), takes it and
    brings it along. SQLite has no such lock: the UPDATE is conditional, and after a lost race the
    next row is looked for. Looking needs no write lock there, so an idle worker never stands in
    the writers' queue.
    """
    if connection.features.has_select_for_update_skip_locked:
        return _claimed_at_once(worker, queue)
    due = Task.objects.filter(
        queue=queue, state=TaskState.WAITING, run_after__lte=clock.now()
    ).order_by("-priority", "run_after", "id")
    while (row := due.first()) is not None:
        with transaction.atomic():
            if _take(row, worker):
                return row
    return None


def _claimed_at_once(worker: str, queue: str) -> Task | None:
    now = clock.now()
    rows = Task.objects.raw(
        "UPDATE jobs_task SET state = %s, worker = %s, started_at = %s, lease_until = %s,"
        " attempts = attempts + 1 WHERE id = (SELECT id FROM jobs_task"
        " WHERE queue = %s AND state = %s AND run_after <= %s"
        " ORDER BY priority DESC, run_after, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *",
        [
            TaskState.RUNNING.value,
            worker,
            now,
            now + timedelta(seconds=LEASE_SECONDS),
            queue,
            TaskState.WAITING.value,
            now,
        ],
    )
    return next(iter(rows), None)


def _take(row: Task, worker: str) -> bool:
    now = clock.now()
    changes: dict[str, Any] = {
        "state": TaskState.RUNNING,
        "worker": worker,
        "started_at": now,
        "lease_until": now + timedelta(seconds=LEASE_SECONDS),
        "attempts": row.attempts + 1,
    }
    taken = Task.objects.filter(pk=row.pk, state=TaskState.WAITING, attempts=row.attempts).update(
        **changes
    )
    for name, value in changes.items():
        setattr(row, name, value)
    return bool(taken)


def renew(task_id: int, worker: str) -> bool:
    """Keep the lease for another minute; False when it is not this worker's any more."""
    until = clock.now() + timedelta(seconds=LEASE_SECONDS)
    return bool(_mine(task_id, worker).update(lease_until=until))


def complete(row: Task, result: Any) -> bool:
    """The task is done; False when the lease was lost meanwhile and the answer is not ours."""
    return bool(
        _mine(row.pk, row.worker).update(
            state=TaskState.DONE,
            finished_at=clock.now(),
            lease_until=None,
            error="",
            result=result,
        )
    )


def fail(row: Task, error: BaseException, *, passing: bool = False) -> bool:
    """Put the row back for its next try, or into the failed list after the fifth."""
    delay = delay_after_loss if passing else delay_after
    return bool(
        _mine(row.pk, row.worker).update(
            **_after_failure(row.attempts, delay(row.attempts), place_of(error))
        )
    )


def reap(worker: str = "") -> int:
    """Put back what dead workers held: lease over, or known to be dead on this machine.

    Safe from any number of workers at once; answers how many rows moved.
    """
    count = 0
    now = clock.now()
    held = Task.objects.filter(state=TaskState.RUNNING).exclude(worker=worker)
    for row in held.only("pk", "worker", "attempts", "lease_until"):
        if _is_over(row, now) or marks.is_dead(row.worker):
            with transaction.atomic():
                count += _mine(row.pk, row.worker).update(
                    **_after_failure(row.attempts, delay_after_loss(row.attempts), _LOST)
                )
            marks.forget(row.worker)
    return count


def beat_pulse(name: str, kind: str) -> None:
    """A sign of life for the health page: one statement."""
    Pulse.objects.bulk_create(
        [Pulse(name=name, kind=kind, seen_at=clock.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["seen_at"],
    )


def _mine(task_id: int, worker: str) -> Any:
    return Task.objects.filter(pk=task_id, worker=worker, state=TaskState.RUNNING)


def _is_over(row: Task, now: datetime) -> bool:
    return row.lease_until is None or row.lease_until < now


def _after_failure(attempts: int, delay: float, error: str) -> dict[str, Any]:
    now = clock.now()
    if attempts >= TRIES:
        return {
            "state": TaskState.FAILED,
            "finished_at": now,
            "lease_until": None,
            "error": error,
        }
    return {
        "state": TaskState.WAITING,
        "run_after": now + timedelta(seconds=delay),
        "lease_until": None,
        "error": error,
    }
