"""Timed work of rotas; thin."""

from django_tasks import task

from gezhi.records.posts import rota_gaps


@task()
def write_ahead() -> int:
    """Write the shifts of the coming weeks; each night, and after a calendar was put in force."""
    return rota_gaps.write_ahead()


@task()
def warn_of_gaps() -> int:
    """Tell of gaps two days before; each hour."""
    return rota_gaps.warn()
