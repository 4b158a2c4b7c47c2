"""Work done after a deed, and the timed work that keeps cases moving; thin."""

from django_tasks import task


@task()
def announce(step_id: int) -> None:
    """Tell whoever a step concerns: the unit's people, the grid's worker, the reporters."""
    from gezhi.work.cases.announcing import announce_step

    announce_step(step_id)


@task()
def watch() -> int:
    """Lift the queue of every unit nobody is appointed to; each minute."""
    from gezhi.work.cases.watching import lift_unstaffed

    return lift_unstaffed()


@task()
def archive_old() -> int:
    """Archive what can no longer be reopened; each night."""
    from gezhi.work.cases.watching import archive_closed

    return archive_closed()


@task()
def recompute_provisional() -> int:
    """Compute provisional due times anew after a calendar was imported."""
    from gezhi.work.cases.watching import recompute_due_times

    return recompute_due_times()
