"""Timed tasks of photos."""

from django_tasks import task

from gezhi.ground.files import actions


@task
def clean() -> int:
    """Delete bytes that belong to no photo; daily."""
    return actions.clean()
