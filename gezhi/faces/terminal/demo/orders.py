"""Orders of 12345 of the demo: this morning's sheet of the hotline's cases, and what differs by noon."""

from datetime import datetime, timedelta

from gezhi.faces.terminal.demo.street import Street
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets import commas
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role
from gezhi.work.cases.models import Case
from gezhi.work.orders import actions
from gezhi.work.orders.listing import ORDERS
from gezhi.work.orders.models import Direction
from gezhi.work.orders.rules import SYSTEM

_MOST = 24
_HEADINGS = ("工单编号", "版本", "分类", "诉求内容", "派发时间", "办结时限", "状态")
_FIELDS = ("number", "version", "class", "text", "sent_at", "due_at", "state")
_CLASSES = ("市容环卫", "道路设施", "噪声扰民", "物业管理")
_DAYS = timedelta(days=5)


def bring_orders(street: Street, now: datetime) -> None:
    """Their sheet of the cases the hotline brought lately comes in; another is laid beside ours."""
    by = street.cast.of_centre(Role.ACCEPTOR, 0)
    lately = Case.objects.filter(origin_system=SYSTEM, street_id=street.ground.street.id)
    cases = list(lately.order_by("-id")[:_MOST])
    if not cases:
        return
    with clock.moved_to(now - timedelta(minutes=50)):
        batch = sheets.look_at(sheet=ORDERS, content=_sheet(cases, later=False), by=by)
        sheets.store_now(batch_id=batch.pk, version=batch.version, by=by)
        columns = list(zip(_HEADINGS, _FIELDS, strict=True))
        actions.keep(name="市热线派单表", direction=Direction.IN, columns=columns, by=by)
    with clock.moved_to(now - timedelta(minutes=20)):
        actions.collect(by.district_id or 0)
        actions.reconcile(content=_sheet(cases, later=True), by=by)


def _sheet(cases: list[Case], *, later: bool) -> bytes:
    """What the hotline has of them; later one is new there and one has more time."""
    rows = [
        (
            case.origin_number,
            "1",
            _CLASSES[place % len(_CLASSES)],
            "（热线已转，内容以先前的为准）",
            _moment(case.reported_at),
            _moment(case.reported_at + _DAYS + timedelta(days=later and place == 1)),
            "办理中" if case.is_open or place % 3 else "已办结",
        )
        for place, case in enumerate(cases)
    ]
    if later:
        # One went from their sheet, one is new in it.
        gone = rows.pop()
        rows.append((f"{gone[0]}9", *gone[1:]))
    # The oldest first: what comes in last is the newest there is.
    return commas.content([_HEADINGS, *reversed(rows)])


def _moment(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}"
