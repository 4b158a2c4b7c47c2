"""Swaps as their two people see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.models import Swap


@dataclass(frozen=True, slots=True)
class SwapLine:
    """A swap as its two people and the keepers of the rota see it."""

    id: int
    rota_name: str
    state: str
    state_words: str
    asked_by_id: int
    asked_by: str
    asked_of_id: int
    asked_of: str
    from_at: datetime
    to_at: datetime
    other_from_at: datetime | None
    other_to_at: datetime | None


def _swap_line(row: Swap) -> SwapLine:
    return SwapLine(
        id=row.pk,
        rota_name=row.rota.name,
        state=row.state,
        state_words=str(Swap.State(row.state).label),
        asked_by_id=row.asked_by_id,
        asked_by=row.asked_by.name,
        asked_of_id=row.asked_of_id,
        asked_of=row.asked_of.name,
        from_at=row.from_at,
        to_at=row.to_at,
        other_from_at=row.other_from_at,
        other_to_at=row.other_to_at,
    )


def own_swaps(viewer: Viewer) -> list[SwapLine]:
    """Swaps the viewer asked or is asked, that wait or were settled this week, waiting ones first."""
    if viewer.user_id is None:
        return []
    mine = Q(asked_by=viewer.user_id) | Q(asked_of=viewer.user_id)
    fresh = Q(state="asked", from_at__gt=clock.now()) | Q(
        settled_at__gt=clock.now() - timedelta(days=7)
    )
    rows = Swap.objects.filter(mine & fresh).select_related("rota", "asked_by", "asked_of")
    return sorted(
        (_swap_line(row) for row in rows.order_by("-asked_at", "-id")),
        key=lambda line: line.state != "asked",
    )
