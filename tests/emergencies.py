"""An emergency for tests of other rooms: a flood, switched on by the leader."""

from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import Emergency
from tests.cast import Cast


def flood(
    cast: Cast, *, area_id: int | None = None, drill: bool = False, trouble: str = ""
) -> Emergency:
    """One in the street, or in this area; grid one is in trouble where its words are given."""
    row = actions.switch_on(
        area_id=area_id or cast.street.street.pk,
        plan_code="flood",
        drill=drill,
        reason="暴雨红色预警",
        by=cast.wang.viewer,
    )
    if trouble:
        actions.answer(
            emergency_id=row.pk,
            grid_id=cast.street.grid.pk,
            said="trouble",
            text=trouble,
            by=cast.zhang.viewer,
            key=fresh_key(),
        )
    return row
