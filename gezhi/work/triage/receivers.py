"""What triage hears of cases and of itself: each piece of news writes one keyed task row, no more.

Lower priority than the notices: whoever must be told comes before whoever may be advised.
"""

from typing import Any

from gezhi.ground.jobs import actions as jobs
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role
from gezhi.work.cases import signals
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed
from gezhi.work.triage import signals as own
from gezhi.work.triage import tasks

PRIORITY = -1


def connect() -> None:
    """Listen to the seven pieces of news; called once by the app."""
    signals.reported.connect(on_reported, dispatch_uid="triage.reported")
    for news in (signals.accepted, signals.dispatched, signals.relocated, signals.closed):
        news.connect(on_settled, dispatch_uid="triage.settled")
    signals.restricted.connect(on_restricted, dispatch_uid="triage.restricted")
    own.training_asked.connect(on_training_asked, dispatch_uid="triage.training_asked")


def on_reported(*, case: Case, step: Step, **_: Any) -> None:
    """A new case is to be advised; a report that joins one brings nothing to decide."""
    if step.deed == Deed.REPORT:
        # The case's id is only now being written: its key is nobody else's, one INSERT.
        jobs.enqueue(
            tasks.advise,
            key=f"triage.advise:{case.pk}",
            fresh=True,
            priority=PRIORITY,
            case_id=case.pk,
        )


def on_restricted(*, case: Case, step: Step, **_: Any) -> None:
    """What was learnt from the case is let go of."""
    jobs.enqueue(tasks.forget, key=f"triage.forget:{step.pk}", fresh=True, case_id=case.pk)


def on_settled(*, step: Step, **_: Any) -> None:
    """Somebody chose: what was advised is compared with it."""
    jobs.enqueue(
        tasks.settle,
        key=f"triage.settle:{step.pk}",
        fresh=True,
        priority=PRIORITY,
        step_id=step.pk,
    )


def on_training_asked(*, what: str, district_id: int, **_: Any) -> None:
    """A worker trains; asked twice in an hour, it is done once."""
    jobs.enqueue(
        tasks.train,
        key=f"triage.train:{district_id}:{what}:{clock.now():%Y%m%d%H}",
        owner_role=Role.SUPERVISOR.value,
        what=what,
        district_id=district_id,
    )
