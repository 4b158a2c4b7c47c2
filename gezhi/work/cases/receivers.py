"""What cases hear of codes, of duties and of their own deeds: one keyed task row and nothing else."""

from typing import Any

from gezhi.ground.codes import signals
from gezhi.ground.jobs import actions as jobs
from gezhi.records.duties import signals as duties
from gezhi.records.duties.models import Admission
from gezhi.work.cases import group_notes, tasks
from gezhi.work.cases import signals as own
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.paging import is_pressing


def connect() -> None:
    """Listen for calendars put in force, for answers to who hands matters down, and for steps; called once by the app."""
    own.stepped.connect(on_step, dispatch_uid="cases.stepped")
    duties.admission_answered.connect(on_admission, dispatch_uid="cases.admission_answered")
    signals.pack_imported.connect(on_pack_in_force, dispatch_uid="cases.pack_in_force")


def on_pack_in_force(*, name: str, enactment_id: int, **_: Any) -> None:
    """Due times reckoned on days nobody had announced are reckoned anew, now and not at night."""
    if name == "calendar":
        jobs.enqueue(tasks.recompute_provisional, key=f"cases.recompute:{enactment_id}")


def on_admission(*, admission: Admission, **_: Any) -> None:
    """The community and the unit that asked are told of the answer."""
    jobs.enqueue(
        tasks.tell_of_admission,
        key=f"admission:{admission.pk}:{admission.state}",
        admission_id=admission.pk,
        state=str(admission.state),
    )


def on_step(*, step: Step, case: Case, **_: Any) -> None:
    """Whoever the step concerns is told of it; of an urgent case, who is on duty is called.

    Here and not in the deed, so that deeds need not know the tasks, some of which do deeds.
    """
    # A fresh step's key is nobody else's: no savepoint, no question.
    jobs.enqueue(tasks.announce, key=f"announce:{step.pk}", fresh=True, step_id=step.pk)
    if is_pressing(case):
        jobs.enqueue(tasks.heed, key=f"heed:{step.pk}", fresh=True, step_id=step.pk)
    if group_notes.concerns_groups(step) and is_pressing(case):
        jobs.enqueue(tasks.tell_of_urgent, key=f"group:{step.pk}", fresh=True, step_id=step.pk)
