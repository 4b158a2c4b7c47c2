"""Timed work of packs; thin."""

from django_tasks import task


@task()
def enact_due() -> int:
    """Put in force the versions whose day has come; each minute."""
    from gezhi.ground.codes.actions import enact_due as enact

    return enact()
