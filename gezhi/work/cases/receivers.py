"""What cases hear of codes and of their own deeds: one keyed task row and nothing else."""

from typing import Any

from gezhi.ground.codes import signals
from gezhi.ground.jobs import actions as jobs
from gezhi.work.cases import signals as own
from gezhi.work.cases import tasks
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.paging import is_pressing


def connect() -> None:
    """Listen for calendars put in force and for steps; called once by the app."""
    own.stepped.connect(on_step, dispatch_uid="cases.stepped")
    signals.pack_imported.connect(on_pack_in_force, dispatch_uid="cases.pack_in_force")


def on_pack_in_force(*, name: str, enactment_id: int, **_: Any) -> None:
    """Due times reckoned on days nobody had announced are reckoned anew, now and not at night."""
    if name == "calendar":
        jobs.enqueue(tasks.recompute_provisional, key=f"cases.recompute:{enactment_id}")


def on_step(*, step: Step, case: Case, **_: Any) -> None:
    """Whoever the step concerns is told of it; of an urgent case, who is on duty is called.

    Here and not in the deed, so that deeds need not know the tasks, some of which do deeds.
    """
    # A fresh step's key is nobody else's: no savepoint, no question.
    jobs.enqueue(tasks.announce, key=f"announce:{step.pk}", fresh=True, step_id=step.pk)
    if is_pressing(case):
        jobs.enqueue(tasks.heed, key=f"heed:{step.pk}", fresh=True, step_id=step.pk)
