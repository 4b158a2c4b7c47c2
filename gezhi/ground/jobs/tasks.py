"""Timed tasks of the queue itself."""

from django_tasks import task

from gezhi.ground.jobs import actions


@task
def prune() -> int:
    """Delete what was done over a week ago; daily."""
    return actions.prune()
