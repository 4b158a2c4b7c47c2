"""Calls of who is on duty, as the page of the thing they are about shows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.models import Page
from gezhi.records.posts.page_table import Outcome


@dataclass(frozen=True, slots=True)
class PageLine:
    """One call of somebody on duty, as the page of the thing shows it."""

    id: int
    subject_id: int
    number: str
    level: str
    level_words: str
    unit_name: str
    user_id: int | None
    user_name: str
    called_at: datetime
    outcome: str
    outcome_words: str
    answered_at: datetime | None
    answered_by: str
    is_over: bool


def pages_about(subject_kind: str, subject_id: int) -> list[PageLine]:
    """The calls about a thing the viewer sees already, the first on top."""
    return _lines(Page.objects.filter(subject_kind=subject_kind, subject_id=subject_id))


def pages_about_each(subject_kind: str, subject_ids: Collection[int]) -> dict[int, list[PageLine]]:
    """The calls about each of these things, in one question."""
    rows = Page.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids)
    found: dict[int, list[PageLine]] = {}
    for line in _lines(rows):
        found.setdefault(line.subject_id, []).append(line)
    return found


def _lines(rows: QuerySet[Page]) -> list[PageLine]:
    return [
        PageLine(
            id=row.pk,
            subject_id=row.subject_id,
            number=row.subject_number,
            level=row.level,
            level_words=row.get_level_display(),
            unit_name=row.unit.short_name or row.unit.name,
            user_id=row.user_id,
            user_name=row.user.name if row.user is not None else "",
            called_at=row.called_at,
            outcome=row.outcome,
            outcome_words=row.get_outcome_display(),
            answered_at=row.answered_at,
            answered_by=row.answered_by.name if row.answered_by is not None else "",
            is_over=row.is_over,
        )
        for row in rows.select_related("unit", "user", "answered_by").order_by("called_at", "id")
    ]


def own_calls(viewer: Viewer, subject_kind: str) -> list[PageLine]:
    """Calls about things of a kind that wait for the viewer: somebody is to answer now."""
    if viewer.user_id is None:
        return []
    rows = Page.objects.filter(user_id=viewer.user_id, is_over=False, subject_kind=subject_kind)
    return _lines(rows.exclude(outcome=Outcome.DECLINED))


def number_of_own_call(viewer: Viewer, page_id: int, subject_kind: str) -> str:
    """The number of the thing of a kind the viewer was called about; Unseen for a call of somebody
    else or about something else."""
    rows = Page.objects.filter(pk=page_id, user_id=viewer.user_id or 0, subject_kind=subject_kind)
    row = rows.first()
    if row is None:
        raise Unseen("")
    return row.subject_number


def running(subject_kind: str) -> list[int]:
    """Ids of the things about which somebody is still to answer, the oldest call first."""
    rows = Page.objects.filter(subject_kind=subject_kind, is_over=False)
    return list(dict.fromkeys(rows.order_by("called_at").values_list("subject_id", flat=True)))


def running_round(subject_kind: str, subject_id: int) -> int | None:
    """The round of calls about a thing that is not over; None where there is none."""
    rows = Page.objects.filter(subject_kind=subject_kind, subject_id=subject_id, is_over=False)
    return rows.order_by("-round").values_list("round", flat=True).first()


def pages_of(subject_kind: str, subject_id: int, round: int) -> list[Page]:
    """The calls of one round in order."""
    rows = Page.objects.filter(subject_kind=subject_kind, subject_id=subject_id, round=round)
    return list(rows.order_by("rank"))
