"""One's own inbox."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from gezhi.ground.notices.models import Delivery, Notice
from gezhi.ground.notices.sentences import inbox_line
from gezhi.kernel import clock, prepared
from gezhi.kernel.paging import DEFAULT_SIZE, Page, page_of, row_id_of
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A line of an inbox, with its sentence in the reader's language."""

    id: int
    kind: str
    sentence: str
    subject_kind: str
    subject_id: int | None
    subject_number: str
    created_at: datetime
    is_read: bool


def unread_count(viewer: Viewer) -> int:
    """How many lines of the viewer's inbox are unread; 0 for whoever has none."""
    if viewer.user_id is None:
        return 0
    (number,) = prepared.counted(_unread, viewer.user_id)
    return number


def _unread(user_id: int) -> QuerySet[Notice, tuple[int, ...]]:
    rows = Notice.objects.filter(user_id=user_id, read_at=None)
    return prepared.counting(rows, number=Count("pk"))


def inbox(viewer: Viewer, *, after: str = "", size: int = DEFAULT_SIZE) -> Page[InboxLine]:
    """The viewer's inbox, newest first; `after` is the cursor of the page before (BadCursor)."""
    if viewer.user_id is None:
        return Page((), "")
    rows = Notice.objects.filter(user_id=viewer.user_id).order_by("-id")
    if after:
        rows = rows.filter(pk__lt=row_id_of(after))
    lines = [
        InboxLine(
            id=row.pk,
            kind=row.kind,
            sentence=inbox_line(row.kind),
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            subject_number=row.subject_number,
            created_at=row.created_at,
            is_read=row.read_at is not None,
        )
        for row in rows[: size + 1]
    ]
    return page_of(lines, size)


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One message as whoever tends the machine reads it: to whom by kind and id, never an address."""

    id: int
    asked_at: datetime | None
    provider: str
    recipient_kind: str
    recipient_id: int
    kind: str
    state: str
    tries: int
    tried_at: datetime | None
    fault: str
    code: str


def deliveries(
    viewer: Viewer, *, day: date | None = None, state: str = "", provider: str = "", after: str = ""
) -> Page[DeliveryLine]:
    """Messages of the viewer's district, newest first, of one day in China, a state, a provider;
    NotPermitted for whoever does not tend tasks (BadCursor as `inbox`)."""
    rows = _deliveries(viewer, day)
    if state:
        rows = rows.filter(state=state)
    if provider:
        rows = rows.filter(provider=provider)
    if after:
        rows = rows.filter(pk__lt=row_id_of(after))
    found = rows.order_by("-id")[: DEFAULT_SIZE + 1]
    return page_of([_delivery_line(row) for row in found], DEFAULT_SIZE)


def count_deliveries(viewer: Viewer, day: date) -> dict[tuple[str, str], int]:
    """How many messages of a day there are by provider and state."""
    rows = _deliveries(viewer, day).order_by().values_list("provider", "state")
    return {(provider, state): many for provider, state, many in rows.annotate(many=Count("pk"))}


def _deliveries(viewer: Viewer, day: date | None) -> QuerySet[Delivery]:
    require(viewer, Right.TEND_TASKS)
    rows = Delivery.objects.filter(Q(district_id=None) | Q(district_id=viewer.district_id or 0))
    if day is None:
        return rows
    begins = datetime.combine(day, time(), clock.SHANGHAI)
    return rows.filter(asked_at__gte=begins, asked_at__lt=begins + timedelta(days=1))


def _delivery_line(row: Delivery) -> DeliveryLine:
    return DeliveryLine(
        id=row.pk,
        asked_at=row.asked_at,
        provider=row.provider,
        recipient_kind=row.recipient_kind,
        recipient_id=row.recipient_id,
        kind=row.kind,
        state=row.state,
        tries=row.tries,
        tried_at=row.tried_at,
        fault=row.fault,
        code=row.code,
    )
