"""Timed work on orders."""

from django_tasks import task

from gezhi.work.orders import reconciling, watching


@task
def watch_folder() -> int:
    """Read what was laid into the watched folder; every minute. How many files."""
    return watching.look()


@task
def prune() -> int:
    """Let go of what their sheets said of matters, 30 days after it was laid beside ours; daily."""
    return reconciling.forget_old()
