"""Timed work on orders."""

from django_tasks import task

from gezhi.work.orders import watching


@task
def watch_folder() -> int:
    """Read what was laid into the watched folder; every minute. How many files."""
    return watching.look()
