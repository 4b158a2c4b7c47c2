"""What a worker's own grids meet most: the classes that stand first on the phone."""

from datetime import timedelta

from django.db.models import Count

from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries.visible import visible_to

DAYS = 60


def frequent_classes(viewer: Viewer, *, most: int, days: int = DAYS) -> list[str]:
    """Class codes of the cases of the viewer's grids in the last days, the commonest first.

    At most `most`; empty for whoever looks after no grid and for a grid where nothing was met.
    """
    grids = {seat.area_id for seat in viewer.seats_for(Right.WALK_GRID)}
    rows = (
        visible_to(viewer)
        .filter(grid_id__in=grids, reported_at__gt=clock.now() - timedelta(days=days))
        .exclude(class_code="")
        .values("class_code")
        .annotate(times=Count("pk"))
        .order_by("-times", "class_code")
    )
    return [str(row["class_code"]) for row in rows[:most]]
