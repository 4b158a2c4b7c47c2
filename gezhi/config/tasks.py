"""Timed tasks for what belongs to no module: Django's own tables."""

from django.core.management import call_command
from django_tasks import task


@task
def tidy() -> None:
    """Delete sessions that are over; daily."""
    call_command("clearsessions", verbosity=0)
