"""Work of triage that waits behind the deed; thin."""

from django_tasks import task


@task()
def advise(case_id: int) -> list[str]:
    """Make the advice of a case that was just reported; answers what was advised on."""
    from gezhi.work.triage.advising import advise_case

    return advise_case(case_id)


@task()
def settle(step_id: int) -> int:
    """Compare advice with what a person chose in this step; answers how many were settled."""
    from gezhi.work.triage.settling import settle_step

    return settle_step(step_id)
