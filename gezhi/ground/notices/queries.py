"""One's own inbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from gezhi.ground.notices.models import Notice
from gezhi.ground.notices.sentences import inbox_line
from gezhi.kernel import prepared
from gezhi.kernel.paging import DEFAULT_SIZE, Page, page_of, row_id_of
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
