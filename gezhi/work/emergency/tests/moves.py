"""What random histories do with emergencies (`tests/journeys`): on, cases in, grids that answer, off."""

from typing import Any

from gezhi.work.emergency import actions, watching
from gezhi.work.emergency.models import Answer, Emergency
from tests.journeys.occasions import Move, Occasion


def _on(at: Occasion) -> None:
    actions.switch_on(
        area_id=at.cast.street.street.pk, plan_code="flood", drill=at.who % 3 == 0,
        reason="暴雨红色预警", by=at.viewer("supervisor", "wang"),
    )  # fmt: skip


def _running() -> dict[str, Any] | None:
    row = Emergency.objects.filter(off_at=None).order_by("id").first()
    return None if row is None else {"emergency_id": row.pk}


def _enlist(at: Occasion) -> None:
    if one := _running():
        number = at.play.receipt.case_number
        actions.enlist(number=number, by=at.viewer("supervisor"), **one)


def _answer(at: Occasion) -> None:
    if one := _running():
        actions.answer(
            grid_id=at.cast.street.grid.pk, said="safe" if at.who % 2 else "trouble",
            text="地下室进水", by=at.viewer("zhang"), key=at.key, **one,
        )  # fmt: skip


def _name_major(at: Occasion) -> None:
    if one := _running():
        actions.name_major(
            number=at.play.receipt.case_number, by=at.viewer("supervisor"),
            user_id=at.cast.wang.user_id if at.who % 2 else None, **one,
        )  # fmt: skip


def _off(at: Occasion) -> None:
    if one := _running():
        actions.switch_off(summary="雨停了", goes_on=True, by=at.viewer("supervisor"), **one)


def opened() -> int:
    """How many cases answers of grids opened: each is a case of its own, beside those reported."""
    return Answer.objects.filter(case__isnull=False).values("case_id").distinct().count()


MOVES: dict[str, Move] = {
    "switch_on": _on,
    "enlist": _enlist,
    "answer_roll_call": _answer,
    "name_major": _name_major,
    "switch_off": _off,
    "watch_emergencies": lambda _at: watching.watch(),
}
OFTEN: tuple[str, ...] = ()
