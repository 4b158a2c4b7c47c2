"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets.models import SheetBatch
from gezhi.work.orders import actions
from gezhi.work.orders.listing import ORDERS
from gezhi.work.orders.models import ClassMatch, Order, Reconciliation, Reply
from gezhi.work.orders.tests import cities
from tests.cast import Cast

NUMBER = "BJ20261123000017"


def furnish(cast: Cast) -> None:
    """One order with a reply that waits, and a reconciliation."""
    by = cast.acceptor.viewer
    content = cities.riverside(cities.riverside_row())
    batch = sheets.look_at(sheet=ORDERS, content=content, by=by)
    sheets.begin(batch_id=batch.pk, version=0, by=by)
    actions.add(
        order_id=Order.objects.get(number=NUMBER).pk,
        kind="progress",
        said="已到现场看过",
        key="access-orders",
        by=by,
    )
    actions.reconcile(content=content, by=by)


def values(cast: Cast) -> dict[str, str]:
    """The order, its reply, its class, its batch, its case."""
    order = Order.objects.get(number=NUMBER)
    return {
        "order_id": str(order.pk),
        "reply_id": str(Reply.objects.filter(order=order).latest("pk").pk),
        "class_match_id": str(ClassMatch.objects.latest("pk").pk),
        "reconciliation_id": str(Reconciliation.objects.latest("pk").pk),
        "orders_batch_id": str(SheetBatch.objects.filter(sheet="orders").latest("pk").pk),
        "into_number": order.report.case.number,
    }
