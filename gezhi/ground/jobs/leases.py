"""Who works on which row: taking it, keeping it, settling it, taking it back from the dead.

Every move is one conditional UPDATE that names the worker, so a worker that lost its lease cannot
overwrite what another one did since.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

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
        return next(iter(_claimed_at_once(worker, "queue = %s", [queue], most=1)), None)
    due = _due(queue)
    while (row := due.first()) is not None:
        if taken := _take([row], worker):
            return taken[0]
    return None


def claim_more(row: Task, most: int) -> list[Task]:
    """Take for the worker of this row up to so many further due rows like it, in their order.

    Like it are those of the same task, queue and priority that were never tried: whatever took its
    worker down, or failed, runs alone from then on. Fewer, or none, after a lost race.
    """
    if connection.features.has_select_for_update_skip_locked:
        alike = "queue = %s AND priority = %s AND path = %s AND attempts = 0"
        return _claimed_at_once(row.worker, alike, [row.queue, row.priority, row.path], most=most)
    due = _due(row.queue).filter(priority=row.priority, path=row.path, attempts=0)
    return _take(list(due[:most]), row.worker)


def _due(queue: str) -> QuerySet[Task]:
    return Task.objects.filter(
        queue=queue, state=TaskState.WAITING, run_after__lte=clock.now()
    ).order_by("-priority", "run_after", "id")


def _claimed_at_once(worker: str, which: str, values: list[Any], *, most: int) -> list[Task]:
    now = clock.now()
    # An array is made once; a subquery after IN could be run, and lock rows, again and again.
    rows = Task.objects.raw(
        "UPDATE jobs_task SET state = %s, worker = %s, started_at = %s,"  # noqa: S608 - our words
        " lease_until = %s,"
        " attempts = attempts + 1 WHERE id = ANY(ARRAY(SELECT id FROM jobs_task"
        f" WHERE {which} AND state = %s AND run_after <= %s"
        " ORDER BY priority DESC, run_after, id LIMIT %s FOR UPDATE SKIP LOCKED)) RETURNING *",
        [
            TaskState.RUNNING.value,
            worker,
            now,
            now + timedelta(seconds=LEASE_SECONDS),
            *values,
            TaskState.WAITING.value,
            now,
            most,
        ],
    )
    return sorted(rows, key=lambda row: (row.run_after, row.pk))


def _take(rows: Sequence[Task], worker: str) -> list[Task]:
    """Those of the rows, all seen after as many attempts, that nobody took since they were seen."""
    if not rows:
        return []
    now = clock.now()
    ids = [row.pk for row in rows]
    with transaction.atomic():
        Task.objects.filter(pk__in=ids, state=TaskState.WAITING, attempts=rows[0].attempts).update(
            state=TaskState.RUNNING,
            worker=worker,
            started_at=now,
            lease_until=now + timedelta(seconds=LEASE_SECONDS),
            attempts=rows[0].attempts + 1,
        )
        return list(_mine(ids, worker).order_by("run_after", "id"))


def renew(task_ids: Sequence[int], worker: str) -> int:
    """Keep the leases for another minute; answers how many are still this worker's."""
    until = clock.now() + timedelta(seconds=LEASE_SECONDS)
    return _mine(task_ids, worker).update(lease_until=until)


def complete(row: Task, result: Any = None) -> bool:
    """The task is done; False when the lease was lost meanwhile and the answer is not ours."""
    return bool(_complete([row], result))


def complete_all(rows: Sequence[Task]) -> int:
    """A batch is done, without results; answers how many were still the worker's own."""
    return _complete(rows, None)


def _complete(rows: Sequence[Task], result: Any) -> int:
    return _mine([row.pk for row in rows], rows[0].worker).update(
        state=TaskState.DONE,
        finished_at=clock.now(),
        lease_until=None,
        error="",
        result=result,
    )


def fail(row: Task, error: BaseException, *, passing: bool = False) -> bool:
    """Put the row back for its next try, or into the failed list after the fifth."""
    delay = delay_after_loss if passing else delay_after
    return bool(
        _mine([row.pk], row.worker).update(
            **_after_failure(row.attempts, delay(row.attempts), place_of(error))
        )
    )


def break_up(rows: Sequence[Task], error: BaseException, *, passing: bool = False) -> int:
    """Put back the rows of a batch that broke off, each to run alone from now on.

    Due as they were, since most of them are innocent; in two seconds when the database was away.
    """
    changes: dict[str, Any] = {
        "state": TaskState.WAITING,
        "lease_until": None,
        "error": place_of(error),
    }
    if passing:
        changes["run_after"] = clock.now() + timedelta(seconds=delay_after_loss(1))
    return _mine([row.pk for row in rows], rows[0].worker).update(**changes)


def reap(worker: str = "") -> int:
    """Put back what dead workers held: lease over, or known to be dead on this machine.

    What stands under the asking worker's own name goes back too. It asks between two tasks and
    holds none, so such a row was taken by a statement whose answer never came (a lost database).
    Safe from any number of workers at once; answers how many rows moved.
    """
    now = clock.now()
    held = Task.objects.filter(state=TaskState.RUNNING)
    rows = list(held.only("pk", "worker", "attempts", "lease_until"))
    names = {row.worker for row in rows} - {worker}
    dead = {name for name in names if marks.is_dead(name)}
    lost: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        if row.worker == worker or row.worker in dead or _is_over(row, now):
            lost.setdefault((row.worker, row.attempts), []).append(row.pk)
    count = 0
    for (name, attempts), ids in lost.items():
        with transaction.atomic():
            count += _mine(ids, name).update(
                **_after_failure(attempts, delay_after_loss(attempts), _LOST)
            )
    # Only now: without its mark nobody would know the worker of the next rows to be dead.
    for name in dead:
        marks.forget(name)
    return count


def beat_pulse(name: str, kind: str) -> None:
    """A sign of life for the health page: one statement."""
    now = clock.now()
    Pulse.objects.bulk_create(
        [Pulse(name=name, kind=kind, begun_at=now, seen_at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["seen_at"],
    )


def _mine(task_ids: Sequence[int], worker: str) -> QuerySet[Task]:
    return Task.objects.filter(pk__in=task_ids, worker=worker, state=TaskState.RUNNING)


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
