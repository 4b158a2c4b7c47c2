"""Timed tasks of the trail."""

from django_tasks import task

from gezhi.ground.audit import actions


@task
def seal() -> int:
    """Seal the entries that are old enough; each minute."""
    return actions.seal_block()
