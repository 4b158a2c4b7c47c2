"""Work of figures that waits for the night; thin."""

from django_tasks import task


@task()
def freeze() -> int:
    """Freeze the month that ended some days ago, and count the frozen ones anew."""
    from gezhi.insight.figures.nightly import freeze_months

    return freeze_months()
