"""The pages of a list in the address: by a cursor for the long ones, by number for short lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gezhi.kernel.paging import BadCursor, row_id_of

SIZE = 50


@dataclass(frozen=True, slots=True)
class Numbered:
    """Some rows of a list whose length is known, with the addresses beside them."""

    rows: Sequence[Any]
    total: int
    words: str
    previous_url: str
    next_url: str


def typed_words(request: HttpRequest) -> str:
    """What is looked for: `q`, its blanks single."""
    return " ".join(request.GET.get("q", "").split())[:40]


def length_of(rows: QuerySet[Any] | Sequence[Any]) -> int:
    """How many lines a list has, on all its pages."""
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def numbered(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    *,
    size: int = SIZE,
    total: int | None = None,
) -> Numbered:
    """Page `?page=` of the rows; the last one when the number is too high, the first for nonsense.

    Two queries: how many, and the rows of the page; one where the caller has counted them.
    """
    if total is None:
        total = length_of(rows)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    page = max(1, min(page, (total + size - 1) // size or 1))
    start = (page - 1) * size
    shown = list(rows[start : start + size])
    return Numbered(
        rows=shown,
        total=total,
        words=_("第 %(first)s–%(last)s 条，共 %(total)s 条")
        % {"first": start + 1, "last": start + len(shown), "total": total},
        previous_url=_page_url(request, page - 1) if page > 1 else "",
        next_url=_page_url(request, page + 1) if start + size < total else "",
    )


def _page_url(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"


def asked_after(request: HttpRequest) -> str:
    """The cursor in the address; "" when there is none or it is nobody's."""
    after = request.GET.get("after", "")
    try:
        row_id_of(after)
    except BadCursor:
        return ""
    return after


def next_url(request: HttpRequest, after: str) -> str:
    """The address of the next page with the filters of this one; "" on the last."""
    if not after:
        return ""
    query = request.GET.copy()
    query["after"] = after
    return f"?{query.urlencode()}"


def export_url(request: HttpRequest, address: str) -> str:
    """The address of the list's sheet with the filters of the page; no page of it alone."""
    query = request.GET.copy()
    for name in ("page", "after"):
        query.pop(name, None)
    return f"{address}?{query.urlencode()}" if query else address
