"""Work of figures that waits for the night; thin."""

from django_tasks import task


@task()
def freeze() -> int:
    """Freeze the periods that ended some days ago, and count anew those frozen lately."""
    from gezhi.insight.figures.nightly import freeze_periods

    return freeze_periods()
