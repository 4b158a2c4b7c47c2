"""What random histories do with orders (`tests/journeys`): they come, come again, are said back."""

from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import actions
from gezhi.work.orders.listing import known_orders
from gezhi.work.orders.models import Order
from gezhi.work.orders.reading import Reader
from tests.journeys.occasions import Occasion


def _come(at: Occasion) -> None:
    """One of five orders: new, or in another version; some name another as their parent."""
    number, by = f"MV-{at.who % 5}", at.viewer("acceptor")
    said = {
        "number": number,
        "version": str(at.who % 4),
        "text": "楼道灯不亮" if at.who % 3 else "楼道灯不亮，还漏水",
        "due_at": f"2026-12-{1 + at.who % 9:02d} 18:00",
        "confidential": "是" if at.who % 7 == 0 else "否",
        "parent": f"MV-{at.who % 3}" if at.who % 2 else "",
    }
    read, _problems = Reader().read(said)
    assert read is not None
    known = known_orders(by, {number}).get(number)
    if known is None:
        actions.take(read=read, class_code="", by=by)
    else:
        actions.change(order_id=known.order.pk, read=read, by=by)


def _say_back(at: Occasion) -> None:
    actions.write_out(serial=at.key[:30], by=Viewer.system("orders", at.cast.street.district.pk))


def opened() -> int:
    """How many cases orders opened: each of its own, where it joined none."""
    rows = Order.objects.filter(joined=False)
    return rows.values("report__first_case").distinct().count()


MOVES = {"order_comes": _come, "orders_said_back": _say_back}
OFTEN: tuple[str, ...] = ()
