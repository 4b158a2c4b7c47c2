"""What `django_tasks` talks to: a queue that is a table in the same database as everything else."""

from typing import Any, TypeVar

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task as Definition
from django_tasks.base import TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from typing_extensions import ParamSpec

from gezhi.ground.jobs import registry, rows
from gezhi.ground.jobs.models import Task, TaskState

P = ParamSpec("P")
T = TypeVar("T")

_STATUS = {
    TaskState.WAITING.value: TaskResultStatus.READY,
    TaskState.RUNNING.value: TaskResultStatus.RUNNING,
    TaskState.DONE.value: TaskResultStatus.SUCCESSFUL,
    TaskState.FAILED.value: TaskResultStatus.FAILED,
    TaskState.ABANDONED.value: TaskResultStatus.FAILED,
}


class TransactionBackend(BaseTaskBackend):
    """Writes the task row in the transaction of whoever enqueues: both are there or neither is.

    Positional arguments are stored by name. Coroutines are refused (no event loop runs here).
    """

    supports_defer = True
    supports_priority = True
    supports_get_result = True

    def validate_task(self, task: Definition[P, T]) -> None:
        """As the base; every definition passes here once, which is how the registry fills."""
        super().validate_task(task)
        registry.remember(task)

    def enqueue(self, task: Definition[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Write one row without a key; `jobs.actions.enqueue` is the way with one."""
        self.validate_task(task)
        row = rows.write(task, rows.named(task, args, kwargs), run_after=task.run_after)
        return result_of(row, task, self.alias)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """What became of a row; raises TaskResultDoesNotExist for none or for a task now gone."""
        row = Task.objects.filter(pk=int(result_id)).first() if result_id.isdecimal() else None
        task = registry.find(row.path) if row else None
        if row is None or task is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(row, task, self.alias)


def result_of(row: Task, task: Definition[P, T], alias: str) -> TaskResult[T]:
    """A row as `django_tasks` speaks of it; a failure by class and place, without its traceback,
    which would hold values."""
    errors = [TaskError(exception_class_path=row.error, traceback="")] if row.error else []
    result: TaskResult[T] = TaskResult(
        task=task,
        id=str(row.pk),
        status=_STATUS[row.state],
        enqueued_at=row.enqueued_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        last_attempted_at=row.started_at,
        args=[],
        kwargs=row.arguments,
        backend=alias,
        errors=errors,
        worker_ids=[row.worker] * row.attempts,
    )
    object.__setattr__(result, "_return_value", row.result)
    return result
