"""Timed tasks of accounts."""

from django_tasks import task

from gezhi.ground.accounts import actions
from gezhi.kernel.viewer import Viewer


@task
def forget_failures() -> int:
    """Delete failed log-ins older than a day; each night."""
    return actions.forget_failures(by=Viewer.system("beat"))
