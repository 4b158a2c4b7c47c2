"""Work of triage that waits behind the deed; thin."""

from collections.abc import Mapping, Sequence
from typing import Any

from django_tasks import task

from gezhi.ground.jobs.registry import in_batches


@task()
def advise(case_id: int) -> list[str]:
    """Make the advice of a case that was just reported; answers what was advised on."""
    from gezhi.work.triage.predictions import advise_case

    return advise_case(case_id)


@in_batches(advise, most=50)
def advise_together(calls: Sequence[Mapping[str, Any]]) -> list[Exception | None]:
    """Make the advice of many cases at once; answers what went wrong with each."""
    from gezhi.work.triage.predictions import advise_cases

    return [advised.failed for advised in advise_cases([call["case_id"] for call in calls])]


@task()
def settle(step_id: int) -> int:
    """Compare advice with what a person chose in this step; answers how many were settled."""
    from gezhi.work.triage.outcomes import note_outcome

    return note_outcome(step_id)


@in_batches(settle, most=50)
def settle_together(calls: Sequence[Mapping[str, Any]]) -> list[Exception | None]:
    """Compare advice with what was chosen in many steps at once."""
    from gezhi.work.triage.outcomes import note_outcomes

    note_outcomes([call["step_id"] for call in calls])
    return [None for _call in calls]


@task()
def forget(case_id: int) -> int:
    """Let go of what was learnt from a case that is confidential now."""
    from gezhi.work.triage.sweeping import forget as let_go

    return let_go(case_id)


@task()
def train(what: str, district_id: int) -> int:
    """Train from the office's own cases, in this worker; answers the id of what was trained."""
    from gezhi.kernel.viewer import Viewer
    from gezhi.work.triage.actions import train_from_cases

    by = Viewer.system("triage", district_id)
    return train_from_cases(what=what, by=by, district_id=district_id).row.pk


@task()
def reckon() -> int:
    """Write the value of advice, tell of falls, suggest training; each night."""
    from gezhi.work.triage.outcomes import note_merged
    from gezhi.work.triage.reckoning import reckon as write_figures

    note_merged()
    return write_figures()


@task()
def tidy() -> int:
    """Take up cases that were left out, and empty what was erased; each night."""
    from gezhi.work.triage.sweeping import sweep

    return sweep()


@task()
def find_topics() -> int:
    """Find the hot topics anew; each night."""
    from gezhi.work.triage.topics.finding import find_all

    return find_all()
