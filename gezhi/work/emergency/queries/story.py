"""The log of an emergency as it is read: a page at a time, and printed at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gezhi.ground.accounts.queries import names
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.emergency.models import Emergency, LogLine
from gezhi.work.emergency.queries.sight import shown_of
from gezhi.work.emergency.rules import Line

# What a report prints of a log that is longer than anybody reads on paper.
PRINTED = 500
# Lines that come by the thousand and stand in the tables above the log as well.
_MANY = (Line.SAFE, Line.CASE_IN, Line.CASE_ENDED)


@dataclass(frozen=True, slots=True)
class LogWords:
    """A line of the log with its names; `instead` stands where its case is not the viewer's."""

    at: datetime
    code: str
    label: str
    who: str
    grid: str
    number: str
    person: str
    count: int | None
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class PrintedLog:
    """The log on paper, the first line first, and how many lines of it are not printed."""

    lines: list[LogWords]
    left_out: int


def log_rows(row: Emergency) -> QuerySet[LogLine]:
    """The lines, the last first: a page of these is what `log_words` takes."""
    rows = LogLine.objects.filter(emergency=row).select_related("case")
    return rows.order_by("-at", "-id")


def log_words(viewer: Viewer, rows: Sequence[LogLine], *, on_paper: bool = False) -> list[LogWords]:
    """These lines in words; of a case the viewer does not see only that there was one, and on paper
    no more of a confidential one."""
    cases = (one.case for one in rows if one.case is not None)
    shown = shown_of(viewer, cases, on_paper=on_paper)
    people = names({pk for one in rows for pk in (one.user_id, one.person_id) if pk})
    grids = places.names_of({one.grid_id for one in rows if one.grid_id})
    lines = []
    for one in rows:
        case = shown.get(one.case_id or 0)
        is_answer = one.code == Line.TROUBLE
        # Who answers for a grid stands on the board; who handles a case is told with the case.
        named = case is None or case.is_known or is_answer
        lines.append(
            LogWords(
                at=one.at,
                code=one.code,
                label=str(one.get_code_display()),
                who=people.get(one.user_id or 0, "") if named else "",
                grid=grids.get(one.grid_id or 0, ""),
                number=case.number if case is not None else "",
                person=people.get(one.person_id or 0, "") if named else "",
                count=one.number,
                words=f"{case.words}{one.words}" if case is not None and is_answer else one.words,
                instead=case.instead if case is not None and (is_answer or not case.number) else "",
            )
        )
    return lines


def log_of(viewer: Viewer, row: Emergency) -> PrintedLog:
    """The log for a report: all of it, or what commanded and answered, where that is very much."""
    rows = log_rows(row).reverse()
    total = rows.count()
    if total > PRINTED:
        rows = rows.exclude(code__in=_MANY)
    printed = log_words(viewer, list(rows[:PRINTED]), on_paper=True)
    return PrintedLog(printed, total - len(printed))
