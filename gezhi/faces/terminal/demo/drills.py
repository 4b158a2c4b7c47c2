"""A drill that is over: the street called its roll for a flood nine days ago; one grid had trouble."""

from datetime import datetime, timedelta

from gezhi.faces.terminal.demo.street import Street
from gezhi.kernel import clock
from gezhi.kernel.rights import Right, roles_with
from gezhi.records.posts.models import Page
from gezhi.records.posts.queries import viewer_of_id
from gezhi.work.emergency import actions
from gezhi.work.emergency.crew import SUBJECT
from gezhi.work.emergency.models import Emergency
from gezhi.work.emergency.queries.reach import takers_of

_AGO = timedelta(days=9)
_SUMMARY = (
    "五点前各网格报到，一个网格按预案报地下车库进水，值班长点名到人，四十分钟收场。"
    "两个网格没有报，社区当天补了课：点名要在十分钟内回。"
)


def hold_drill(street: Street, now: datetime) -> None:
    """Switch on, answer, name, switch off, each under the moved clock."""
    began = clock.local(now - _AGO).replace(hour=16, minute=20, second=0, microsecond=0)
    centre = street.cast.units["centre"].pk
    chief = street.cast.of_unit(centre, sorted(roles_with(Right.RULE)), 0)
    with clock.moved_to(began):
        row = actions.switch_on(
            area_id=street.ground.street.id,
            plan_code="flood",
            drill=True,
            reason="汛期前演练：假设两小时降雨 80 毫米",
            by=chief,
        )
    for order, grid in enumerate(street.ground.grids):
        if order % 13 == 12:
            continue
        with clock.moved_to(began + timedelta(minutes=3 + order)):
            _answer(row, street, grid.id, in_trouble=order == 4)
    with clock.moved_to(began + timedelta(minutes=9)):
        for page in Page.objects.filter(subject_kind=SUBJECT, is_over=False).order_by("id"):
            actions.answer_crew(page_id=page.pk, by=viewer_of_id(page.user_id or 0))
    with clock.moved_to(began + timedelta(minutes=12)):
        number = row.cases.get().case.number
        taker = takers_of(row)[0].pk
        actions.name_major(emergency_id=row.pk, number=number, user_id=taker, by=chief)
    with clock.moved_to(began + timedelta(minutes=15)):
        told = "演练：各社区检查地下车库挡水板，五点前回话"
        actions.notify(
            emergency_id=row.pk,
            told=["workers", "clerks"],
            text=told,
            by=chief,
            key="demo-drill:notice",
        )
    with clock.moved_to(began + timedelta(minutes=40)):
        actions.switch_off(emergency_id=row.pk, summary=_SUMMARY, goes_on=True, by=chief)


def _answer(row: Emergency, street: Street, grid_id: int, *, in_trouble: bool) -> None:
    actions.answer(
        emergency_id=row.pk,
        grid_id=grid_id,
        said="trouble" if in_trouble else "safe",
        text="演练：3 栋地下车库进水，没有人被困" if in_trouble else "",
        class_code="event-0406" if in_trouble else "",
        by=street.cast.of_grid(grid_id),
        key=f"demo-drill:{grid_id}",
    )
