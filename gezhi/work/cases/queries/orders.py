"""In which order a list of cases stands, and where its next page begins: by key, never by number.

Each order is one that an index gives, or that is made of the open cases of a street alone; see
BENCHMARKS.md before another is offered.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid
from gezhi.kernel.ids import LARGEST
from gezhi.work.cases.models import Case

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Order(StrEnum):
    """As an address says it; ids grow with the time a case came in."""

    DUE = "due"  # what turns red first
    FIRST = "first"  # what came first
    NEWEST = "newest"  # what came last
    COMMUNITY = "community"  # by community, in each what turns red first


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last case of a page: its moment, its id, its community (0 for none)."""

    moment: datetime
    row_id: int
    community_id: int = 0


def cursor_of(case: Case, order: Order) -> str:
    """What the address of the next page carries."""
    moment = case.due_at or case.reported_at
    text = f"{(moment - _EPOCH) // timedelta(microseconds=1)}-{case.pk}"
    return f"{text}-{case.community_id or 0}" if order is Order.COMMUNITY else text


def cursor_in(after: str) -> Cursor:
    """The same read; refuses (Invalid) what no page wrote."""
    parts = after.split("-")
    try:
        numbers = [_whole(part) for part in parts]
        micros, row_id, community = (*numbers, 0) if len(numbers) == 2 else numbers
        moment = _EPOCH + timedelta(microseconds=micros)
    except (ValueError, OverflowError) as error:
        raise Invalid(_("翻页的位置不对，请从第一页重新打开"), field="after") from error
    if not row_id:
        raise Invalid(_("翻页的位置不对，请从第一页重新打开"), field="after")
    return Cursor(moment, row_id, community)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > LARGEST:
        raise ValueError("no number of a cursor")
    return int(text)


def ordering(order: Order, due: str = "due_at") -> tuple[str | OrderBy, ...]:
    """The columns; `due` names the clock the list stands in order of."""
    match order:
        # A sum is no column of an index: else all that ever ended is walked through in search of
        # what is open, and a list of some thousand open ones is put in order sooner.
        case Order.FIRST:
            return ((F("id") + 0).asc(),)
        case Order.NEWEST:
            return ((F("id") + 0).desc(),)
        case Order.COMMUNITY:
            # Of some no community is known: they stand last in both databases.
            return (F("community_id").asc(nulls_last=True), due, "id")
    return (due, "id")


def beyond(order: Order, after: Cursor, due: str = "due_at") -> Q:
    """What stands after this case in that order."""
    later = Q(**{f"{due}__gt": after.moment}) | Q(**{due: after.moment, "pk__gt": after.row_id})
    match order:
        case Order.FIRST:
            return Q(pk__gt=after.row_id)
        case Order.NEWEST:
            return Q(pk__lt=after.row_id)
        case Order.COMMUNITY if after.community_id:
            here = Q(community_id=after.community_id) & later
            return here | Q(community_id__gt=after.community_id) | Q(community_id=None)
        case Order.COMMUNITY:
            return Q(community_id=None) & later
    return later
