"""Asking for work, and tending what failed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import Task as Definition

from gezhi.ground.audit import actions as audit
from gezhi.ground.jobs import marks, rows
from gezhi.ground.jobs.models import Pulse, Slot, Stuck, Task, TaskState
from gezhi.ground.jobs.rules import may_tend
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Unseen
from gezhi.kernel.viewer import Viewer

KEEP_DONE = timedelta(days=7)
KEEP_PULSE = timedelta(days=1)


def enqueue(
    task: Definition[..., Any],
    *,
    key: str | None = None,
    fresh: bool = False,
    run_after: datetime | None = None,
    priority: int | None = None,
    owner_role: str = "system_administrator",
    **arguments: Any,
) -> Task:
    """Ask for a task to be done, in the caller's transaction; the same key is the same row.

    `arguments` are the task's keyword arguments: ids and codes only (TypeError otherwise).
    `fresh` promises that the key is made of an id that is only now being written, so that no row
    can have it. `owner_role` is who sees the row when it has failed. A key stays taken for as long as its row
    is kept: seven days after it was done. Raises KeyReused for a key with other content.
    """
    return rows.write(
        task,
        rows.named(task, (), arguments),
        key=key,
        fresh=fresh,
        run_after=run_after,
        priority=priority,
        owner_role=owner_role,
    )


def retry(*, task_id: int, by: Viewer) -> Task:
    """Let a failed task begin again with all its tries; Conflict when it has not failed."""
    return _tend(
        task_id,
        by,
        verb="jobs.retry",
        changes={
            "state": TaskState.WAITING,
            "attempts": 0,
            "run_after": clock.now(),
            "finished_at": None,
        },
    )


def abandon(*, task_id: int, by: Viewer) -> Task:
    """Give a failed task up for good; the row stays as it failed. Conflict when it has not."""
    return _tend(
        task_id,
        by,
        verb="jobs.abandon",
        changes={"state": TaskState.ABANDONED, "finished_at": clock.now()},
    )


def prune() -> int:
    """Delete done and abandoned tasks older than seven days, old slots, dead pulses, and what
    was stuck in a loop that has not met it for as long.

    The newest slot of each schedule stays: it is what tells a beat after a long stop what was
    done. Answers how many tasks went. Machinery without a viewer: nobody decides it.
    """
    before = clock.now() - KEEP_DONE
    with transaction.atomic():
        count, _kinds = Task.objects.filter(
            state__in=[TaskState.DONE, TaskState.ABANDONED], finished_at__lt=before
        ).delete()
        newest: dict[str, int] = dict(Slot.objects.order_by("due_at").values_list("schedule", "id"))
        Slot.objects.filter(due_at__lt=before).exclude(pk__in=newest.values()).delete()
        Pulse.objects.filter(seen_at__lt=clock.now() - KEEP_PULSE).delete()
        # A loop that nobody runs any more never lets go of its rows.
        Stuck.objects.filter(last_at__lt=before).delete()
    marks.sweep()
    return count


def _tend(task_id: int, by: Viewer, *, verb: str, changes: dict[str, Any]) -> Task:
    with transaction.atomic():
        row = Task.objects.select_for_update().filter(pk=task_id).first()
        if row is None or not may_tend(by, row.owner_role):
            raise Unseen(_("没有找到这项任务"))
        if row.state != TaskState.FAILED:
            raise Conflict(_("这项任务没有失败，不用处理"))
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
        audit.record(
            by=by, verb=verb, subject_kind="task", subject_id=row.pk, detail={"path": row.path}
        )
    return row
