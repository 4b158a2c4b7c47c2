"""Timed work of the knowledge base; thin."""

from django_tasks import task

from gezhi.work.knowledge import watching


@task()
def expire() -> int:
    """End what has expired; each night."""
    return watching.expire()


@task()
def remind() -> int:
    """Call the owners of what is to be looked at again; each morning."""
    return watching.remind()
