"""Which tasks exist: a row names one of these or it does not run.

The path in a row is looked up here and never imported, so that whoever can write a row still
cannot choose what code the worker loads.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import autodiscover_modules
from django_tasks.base import Task

AnyTask = Task[..., Any]

# The arguments of many rows, answered row by row: what went wrong, None where nothing did.
TakesMany = Callable[[Sequence[Mapping[str, Any]]], Sequence[Exception | None]]


@dataclass(frozen=True, slots=True)
class Batch:
    """How a task does many of its rows at once, and at most how many."""

    perform: TakesMany
    most: int


_known: dict[str, AnyTask] = {}
_batches: dict[str, Batch] = {}


def remember(task: AnyTask) -> None:
    """Note a task when its decorator runs; variants made by `using` change nothing."""
    _known.setdefault(task.module_path, task)


def find(path: str) -> AnyTask | None:
    """The task of this import path, or None; looks once through every app's `tasks.py`."""
    if path not in _known:
        autodiscover_modules("tasks")
    return _known.get(path)


def in_batches(task: AnyTask, *, most: int) -> Callable[[TakesMany], TakesMany]:
    """Let a function do up to `most` due rows of a task at once, where so many lie in wait.

    It gets the keyword arguments of each and answers in their order what went wrong with each
    (None: nothing); such a row is tried again later. When it raises, no row counts as done and
    each runs alone. So it is as safe to run again as the task, and the results are kept nowhere.
    """

    def note(function: TakesMany) -> TakesMany:
        _batches[task.module_path] = Batch(function, most)
        return function

    return note


def batch_of(path: str) -> Batch | None:
    """How the task of this import path does many rows at once, or None where it does not."""
    return _batches.get(path) if find(path) else None
