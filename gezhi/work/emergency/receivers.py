"""What an emergency hears of its cases: one keyed task row and nothing else."""

from typing import Any

from gezhi.ground.jobs import actions as jobs
from gezhi.work.cases import signals
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import ENDED, Mark
from gezhi.work.emergency import tasks


def connect() -> None:
    """Listen for steps; called once by the app."""
    signals.stepped.connect(on_step, dispatch_uid="emergency.stepped")


def on_step(*, step: Step, case: Case, **_: Any) -> None:
    """A case of an emergency that ends is written into its log."""
    if not case.marks or Mark.EMERGENCY not in case.all_marks:
        return
    if step.to_state in ENDED and step.from_state not in ENDED:
        jobs.enqueue(tasks.note_end, key=f"emergency.end:{step.pk}", fresh=True, step_id=step.pk)
