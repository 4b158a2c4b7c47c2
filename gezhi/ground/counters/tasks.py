"""Timed tasks of counters."""

from django_tasks import task

from gezhi.ground.counters import actions


@task
def prune() -> int:
    """Delete counters that are over; every ten minutes."""
    return actions.prune()
