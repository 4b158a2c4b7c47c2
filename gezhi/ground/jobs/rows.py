"""Writing one task row: what may stand in it, and what a second request with its key means."""

import inspect
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django_tasks.base import Task as Definition

from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import KeyReused

# Ids, codes and moments; a name, a sentence or a phone with its separators does not fit.
_CODE = re.compile(r"[A-Za-z0-9_.:@/+-]{0,120}")
_OWNER = "system_administrator"


def named(
    task: Definition[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments by the names of the task's parameters.

    Raises TypeError when they do not fit the function, or are no ids and codes: at the moment of
    asking, where the fault is, and not in a worker at night.
    """
    skip = ["context"] if task.takes_context else []
    bound = inspect.signature(task.func).bind(*skip, *args, **kwargs)
    return {
        name: _plain(name, value) for name, value in bound.arguments.items() if name not in skip
    }


def write(
    task: Definition[..., Any],
    arguments: dict[str, Any],
    *,
    key: str | None = None,
    fresh: bool = False,
    run_after: datetime | None = None,
    priority: int | None = None,
    owner_role: str = _OWNER,
) -> Task:
    """Put the row into the caller's transaction and answer it, or the row that has the key.

    Raises KeyReused when the key stands for another task or other arguments: answering the old row
    then would silently drop the new work.
    """
    now = clock.now()
    row = Task(
        key=key,
        path=task.module_path,
        arguments=arguments,
        queue=task.queue_name,
        priority=task.priority if priority is None else priority,
        run_after=run_after or now,
        enqueued_at=now,
        owner_role=owner_role,
    )
    if key is None or fresh:
        rows.insert(row)
        return row
    # The unique key decides between two writers; the later one waits for the earlier. Nearly every
    # key is new, so nothing is asked before.
    if rows.insert_new(row):
        return row
    kept = Task.objects.get(key=key)
    if (kept.path, kept.arguments) != (row.path, row.arguments):
        raise KeyReused(_("同一个键已经用于另一项任务"))
    return kept


def _plain(name: str, value: Any) -> Any:
    """The value as JSON will give it back."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(name, part) for part in value]
    raise TypeError(f"argument {name!r} of a task holds more than ids and codes")
