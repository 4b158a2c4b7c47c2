"""Which tasks exist: a row names one of these or it does not run.

The path in a row is looked up here and never imported, so that whoever can write a row still
cannot choose what code the worker loads.
"""

from typing import Any

from django.utils.module_loading import autodiscover_modules
from django_tasks.base import Task

AnyTask = Task[..., Any]

_known: dict[str, AnyTask] = {}


def remember(task: AnyTask) -> None:
    """Note a task when its decorator runs; variants made by `using` change nothing."""
    _known.setdefault(task.module_path, task)


def find(path: str) -> AnyTask | None:
    """The task of this import path, or None; looks once through every app's `tasks.py`."""
    if path not in _known:
        autodiscover_modules("tasks")
    return _known.get(path)
