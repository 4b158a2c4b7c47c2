"""A case as one line of a list: its address, its light and the tags that set it apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.shell import moments
from gezhi.faces.shell.parts import Tag
from gezhi.faces.shell.tags import tags
from gezhi.kernel import clock
from gezhi.work.cases.queries import CaseRow

# A green light in a list would speak of done; what still has time is calm.
COLORS = {"red": "red", "yellow": "yellow"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the row, where it leads, what stands on it."""

    row: CaseRow
    url: str
    title: str
    badges: tuple[Tag, ...]
    color: str
    due_words: str
    current: bool = False


def lines(rows: Iterable[CaseRow], *, query: str = "", current: str = "") -> list[Line]:
    """Lines for a list; `query` goes with every address so that the list stays left of its case."""
    return [line(row, query=query, current=current) for row in rows]


def line(row: CaseRow, *, query: str = "", current: str = "") -> Line:
    """One line for one row."""
    url = reverse("desk:case", args=[row.number])
    return Line(
        row=row,
        url=f"{url}?{query}" if query else url,
        title=title_of(row),
        badges=tuple(tags(row)),
        color=COLORS.get(row.light, "none"),
        due_words=due_words(row.due_at),
        current=row.number == current,
    )


def title_of(row: CaseRow) -> str:
    """What it is about: its words, else its class, else its number."""
    return row.title or row.class_name or row.number


def due_words(due_at: datetime | None) -> str:
    """When it is due, said as a clock time; once late, by how much."""
    if due_at is None:
        return ""
    if due_at < clock.now():
        return moments.remaining(due_at)
    return _("%(moment)s 前") % {"moment": moments.spoken(due_at)}
