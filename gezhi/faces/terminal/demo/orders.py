"""Orders of 12345 of the demo: the hotline's sheets of its cases, and what differs by noon."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from gezhi.faces.terminal.demo.street import Street
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets import commas
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role, Viewer
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
# So long after the last of its cases their sheet of a day comes in; this morning's an hour ago.
_EVENING = timedelta(minutes=30)
_MORNING = timedelta(hours=1)


def bring_orders(street: Street, now: datetime) -> None:
    """Their sheets of the cases the hotline brought lately come in, those of open cases this morning,
    each other on the evening of its day; another is laid beside ours."""
    by = street.cast.of_centre(Role.ACCEPTOR, 0)
    lately = Case.objects.filter(origin_system=SYSTEM, street_id=street.ground.street.id)
    cases = list(lately.order_by("-id")[:_MOST])
    if not cases:
        return
    for moment, sheet in _of_before(cases, now):
        with clock.moved_to(moment):
            _bring(sheet, by)
    with clock.moved_to(now - timedelta(minutes=55)):
        if actions.collect(by.district_id or 0):
            actions.export(by=by, purpose="回传市热线")
    with clock.moved_to(now - timedelta(minutes=50)):
        _bring(_sheet(cases, later=False), by)
        columns = list(zip(_HEADINGS, _FIELDS, strict=True))
        actions.keep(name="市热线派单表", direction=Direction.IN, columns=columns, by=by)
    with clock.moved_to(now - timedelta(minutes=20)):
        actions.collect(by.district_id or 0)
        actions.reconcile(content=_sheet(cases, later=True), by=by)


def _of_before(cases: list[Case], now: datetime) -> list[tuple[datetime, bytes]]:
    """The sheets of the days before, the oldest first: of cases that have ended, for the order comes
    while its case is open wherever it stayed open until the evening."""
    by_day: dict[date, list[Case]] = {}
    for case in cases:
        if not case.is_open:
            by_day.setdefault(clock.local(case.reported_at).date(), []).append(case)
    found = []
    for _day, some in sorted(by_day.items()):
        moment = max(case.reported_at for case in some) + _EVENING
        if moment < now - _MORNING:
            only = {case.pk for case in some}
            found.append((moment, _sheet(cases, later=False, only=only)))
    return found


def _bring(content: bytes, by: Viewer) -> None:
    batch = sheets.look_at(sheet=ORDERS, content=content, by=by)
    sheets.store_now(batch_id=batch.pk, version=batch.version, by=by)


def _sheet(cases: list[Case], *, later: bool, only: Collection[int] | None = None) -> bytes:
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
        if only is None or case.pk in only
    ]
    if later:
        # One went from their sheet, one is new in it.
        gone = rows.pop()
        rows.append((f"{gone[0]}9", *gone[1:]))
    # The oldest first: what comes in last is the newest there is.
    return commas.content([_HEADINGS, *reversed(rows)])


def _moment(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}"
