"""The list of orders, and what came of one batch of them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import SIZE, asked_after, next_url, typed_words
from gezhi.faces.shell.parts import Tab
from gezhi.ground.sheets import queries as batches
from gezhi.kernel.paging import cursor_of, row_id_of
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import classes, queries
from gezhi.work.orders.listing import NAME, counted
from gezhi.work.orders.models import Order
from gezhi.work.orders.queries import Place

WAITING = "waiting"
# In the address of a further page: it goes on among those that have ended.
ENDED = "ended"


def case_named(viewer: Viewer, typed: str) -> str:
    """The address of the case of the order with this number; "" for none of theirs."""
    found = queries.case_of(viewer, typed)
    return reverse("desk:case", args=[found]) if found else ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order in a list: the case it became, what waits to be said back."""

    row: Order
    title: str
    waiting: int
    hole: bool


def lines_of(rows: tuple[Order, ...] | list[Order]) -> list[OrderLine]:
    """The orders with what is counted for all of them at once."""
    waiting = queries.waiting_of([row.pk for row in rows])
    return [
        OrderLine(
            row=row,
            title=row.report.case.words.title if not row.report.case.is_restricted else "",
            waiting=waiting.get(row.pk, 0),
            hole=bool(row.class_words and not row.report.case.class_code),
        )
        for row in rows
    ]


@require_GET
@staff_only(Right.EXCHANGE_ORDERS)
def orders(request: HttpRequest) -> HttpResponse:
    """All of the viewer's, the open ones first, then newest first; with `?show=waiting` those with something to be said."""
    viewer = viewer_in(request)
    words = typed_words(request)
    show = request.GET.get("show", "")
    rows = queries.orders(viewer, waiting=show == WAITING, words=words)
    after = asked_after(request)
    place = Place(ENDED in request.GET, row_id_of(after)) if after else None
    page = queries.open_first(rows, size=SIZE, after=place)
    context: dict[str, Any] = {
        "lines": lines_of(page.rows),
        "words": words,
        "show": show,
        "next_url": _further(request, page.after),
        "first": not after,
        "holes": classes.holes(viewer),
        "waiting": sum(queries.waiting_by_kind(viewer).values()),
        "tabs": [
            Tab(_("全部"), "?", None, show != WAITING),
            Tab(_("有回件要传"), f"?show={WAITING}", None, show == WAITING),
        ],
        "sheet": NAME,
    }
    return render(request, "desk/orders/orders.html", context)


def _further(request: HttpRequest, place: Place | None) -> str:
    if place is None:
        return ""
    url = next_url(request, cursor_of(place.order_id))
    return f"{url}&{ENDED}=1" if place.ended and ENDED not in request.GET else url


@never_cache
@require_GET
@staff_only(Right.EXCHANGE_ORDERS)
def batch(request: HttpRequest, orders_batch_id: int) -> HttpResponse:
    """What one batch brought: new ones, and of each that changed which columns."""
    viewer = viewer_in(request)
    row = batches.batch(viewer, orders_batch_id)
    came = queries.came_with(viewer, row)
    context = {"batch": row, "counts": counted(row, viewer), "came": came}
    return render(request, "desk/orders/batch.html", context)
