"""The heads of the table of a queue: those by which it can stand lead to the order, and say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gezhi.faces.desk.queues.case_list import CaseList, of_queue
from gezhi.faces.desk.queues.columns import CaseColumn
from gezhi.faces.desk.queues.filters import FilterForm
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import Order

# By which column an order stands, and which way; a second press turns it round where it can.
_STANDS_BY: dict[Order, tuple[str, str]] = {
    Order.DUE: ("due", "ascending"),
    Order.FIRST: ("reported", "ascending"),
    Order.NEWEST: ("reported", "descending"),
    Order.COMMUNITY: ("community", "ascending"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """One head: its column, where pressing it leads ("" nowhere), which way the list stands by it."""

    column: CaseColumn
    url: str = ""
    sorted: str = ""


def heads(columns: Sequence[CaseColumn], case_list: CaseList, form: FilterForm) -> list[Head]:
    """The heads of these columns, by the orders the queue offers in its filters."""
    usual = cases.orders_of(case_list.queue)[0]
    choices = getattr(form.fields.get("order"), "choices", ())
    offered = [Order(str(value)) if value else usual for value, _words in choices]
    now = next((one for one in offered if one == case_list.order), usual)
    return [_head(column, case_list, offered, now, usual) for column in columns]


def _head(
    column: CaseColumn, case_list: CaseList, offered: list[Order], now: Order, usual: Order
) -> Head:
    own = [one for one in offered if _STANDS_BY[one][0] == column.name]
    if not own:
        return Head(column)
    following = next((one for one in own if one is not now), now)
    rest = {key: value for key, value in case_list.narrowing.items() if key != "order"}
    order = {} if following is usual else {"order": following.value}
    way = _STANDS_BY[now][1] if now in own else ""
    return Head(column, of_queue(case_list.queue, {**rest, **order}).url, way)
