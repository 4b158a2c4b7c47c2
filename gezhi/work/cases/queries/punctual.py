"""Which classes are handled on time: counted from the clocks of the cases, not from their dates."""

from dataclasses import dataclass

from django.db.models import Count, Q

from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import StageRow
from gezhi.work.cases.queries.visible import visible_to
from gezhi.work.cases.rules import Mark, Stage


@dataclass(frozen=True, slots=True)
class OnTime:
    """Handlings of one class: ended on time or late, running within their limit or over it."""

    class_code: str
    on_time: int
    late: int
    running: int
    overdue: int


def handled_on_time(viewer: Viewer) -> list[OnTime]:
    """By class, of the cases the viewer may see, every handling there was; by code.

    A case that was handed back for rework was handled as many times. One statement, which reads
    all of them: for a report, not for a page.
    """
    now = clock.now()
    # A hung one is neither in time nor late, until the day on which it is looked at again.
    running = Q(ended_at=None, due_at__gte=now) & ~Q(case__marks__contains=f" {Mark.HUNG} ")
    rows = (
        StageRow.objects.filter(stage=Stage.HANDLING, case__in=visible_to(viewer))
        .order_by()
        .values("case__class_code")
        .annotate(
            kept=Count("pk", filter=Q(on_time=True)),
            missed=Count("pk", filter=Q(on_time=False)),
            running=Count("pk", filter=running),
            overdue=Count("pk", filter=Q(ended_at=None, due_at__lt=now)),
        )
    )
    return sorted(
        (
            OnTime(
                row["case__class_code"], row["kept"], row["missed"], row["running"], row["overdue"]
            )
            for row in rows
        ),
        key=lambda figure: figure.class_code,
    )
