"""What the deeds of the plot asked to be told: the last days at their own time, the rest not at all.

A worker that began with two thousand old tasks would fill every inbox with news of the same
minute.
"""

import contextlib
import io
import logging
from datetime import datetime
from typing import Final

from gezhi.ground.jobs.models import Task, TaskState
from gezhi.ground.jobs.registry import find
from gezhi.kernel import clock

_TRIAGE: Final = "gezhi.work.triage.tasks."
_ROUNDS: Final = 3  # telling a reporter asks for one more task, sending


def settle_tasks(*, since: datetime, now: datetime) -> int:
    """Do every waiting task asked for since that moment, then and there; drop the older ones.

    Returns how many were done. Messages to reporters go nowhere: the console stays quiet.
    """
    waiting = Task.objects.filter(state=TaskState.WAITING)
    waiting.filter(enqueued_at__lt=since).delete()
    done = 0
    logger = logging.getLogger("gezhi.notices")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            for _round in range(_ROUNDS):
                for row in waiting.filter(run_after__lte=now).order_by("run_after", "id"):
                    _do(row)
                    done += 1
    finally:
        logger.setLevel(level)
    return done


def advise_now() -> None:
    """Make and settle the advice a deed of the plot asked for, at the moment of the deed.

    Advice that came after somebody had chosen would have advised nobody: what value it had could
    not be shown.
    """
    waiting = Task.objects.filter(state=TaskState.WAITING, path__startswith=_TRIAGE)
    for row in waiting.order_by("id"):
        _do(row)


def pass_the_night() -> None:
    """What a night would do with these weeks: hot topics, what value the advice had, and the figures
    of closed days, weeks and months frozen."""
    for path in (f"{_TRIAGE}find_topics", f"{_TRIAGE}reckon", "gezhi.insight.figures.tasks.freeze"):
        task = find(path)
        if task is None:
            raise LookupError(f"no task at {path}")
        task.call()


def _do(row: Task) -> None:
    task = find(row.path)
    if task is None:
        raise LookupError(f"no task at {row.path}")
    with clock.moved_to(row.run_after):
        task.call(**row.arguments)
    row.delete()
