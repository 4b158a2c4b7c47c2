"""Work done after a deed, and the timed work that keeps cases moving; thin."""

from django_tasks import task

from gezhi.work.cases import (
    admitted,
    announcing,
    escalating,
    group_notes,
    paging,
    reviewing,
    urging,
    warning,
    watching,
)


@task()
def announce(step_id: int) -> None:
    """Tell whoever a step concerns: the unit's people, the grid's worker, the reporters."""
    announcing.announce_step(step_id)


@task()
def tell_of_admission(admission_id: int, state: str) -> int:
    """Tell the community and the unit that asked how an asking to hand a matter down was answered."""
    return admitted.tell_of_admission(admission_id, state)


@task()
def watch() -> int:
    """Lift the queue of every unit nobody is appointed to, urge what falls due and warn of what is
    late; each minute."""
    lifted = watching.lift_unstaffed() + escalating.escalate_late()
    return lifted + urging.urge_in_time() + warning.warn_of_late_supervisions()


@task()
def archive_old() -> int:
    """Archive what can no longer be reopened; each night."""
    return watching.archive_closed()


@task()
def remind_of_reviews() -> int:
    """Tell whoever looks at hung cases again that their day has come; on working days."""
    return reviewing.remind()


@task()
def recompute_provisional() -> int:
    """Compute provisional due times anew after a calendar was imported."""
    return watching.recompute_due_times()


@task()
def heed(step_id: int) -> None:
    """See whether a step of an urgent case calls who is on duty, or answers a call."""
    paging.heed(step_id)


@task()
def call_on() -> int:
    """Call the next where nobody answered; each minute."""
    return paging.go_on()


@task()
def tell_groups() -> int:
    """Tell the group chats of units what they have to do; twice a day."""
    return group_notes.tell_groups()


@task()
def tell_of_urgent(step_id: int) -> None:
    """Tell the group chat of a unit at once that it was sent an urgent case."""
    group_notes.tell_of_urgent(step_id)
