"""The board of an emergency: its open cases, what each grid said, its crew, its log."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gezhi.ground.accounts.queries import names
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.posts import page_queries
from gezhi.records.posts.models import Page
from gezhi.records.posts.page_queries import PageLine
from gezhi.records.posts.page_table import Outcome
from gezhi.work.cases.asides import real
from gezhi.work.cases.paging import PRESSING
from gezhi.work.cases.queries.rows import CaseRow, rows_of, with_counts
from gezhi.work.cases.rules import ENDED
from gezhi.work.emergency.crew import SUBJECT
from gezhi.work.emergency.models import (
    Answer,
    CrewCall,
    Emergency,
    EmergencyCase,
    LogLine,
    RollCall,
)
from gezhi.work.emergency.queries.reach import cases_of_area
from gezhi.work.emergency.rules import Said

MOST = 200


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case on the board; `is_in` where it belongs to the emergency."""

    row: CaseRow
    is_in: bool
    how: str = ""
    is_major: bool = False
    named: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.row.state in ENDED


@dataclass(frozen=True, slots=True)
class GridLine:
    """What a grid said to a roll call; without an answer it has not reported."""

    grid_id: int
    grid: str
    community: str
    said: str = ""
    words: str = ""
    who: str = ""
    at: datetime | None = None
    number: str = ""

    @property
    def state(self) -> str:
        """safe, trouble or silent."""
        return self.said or "silent"


@dataclass(frozen=True, slots=True)
class CrewLine:
    """A line of the crew with its calls; `state` is answered, waiting, nobody, or self: whoever
    switched it on is the only one of it."""

    name: str
    state: str
    calls: list[PageLine]


@dataclass(frozen=True, slots=True)
class LogWords:
    """A line of the log with its names."""

    at: datetime
    code: str
    label: str
    who: str
    grid: str
    number: str
    person: str
    count: int | None
    words: str


def cases_of(viewer: Viewer, row: Emergency, *, ended: bool = False) -> list[CaseLine]:
    """Open urgent cases of the area that the viewer sees, what is late first; of a drill its own
    alone. With `ended` every case of the emergency, ended ones too, and no other."""
    own = Q(emergency__emergency=row)
    wanted = own
    if not (ended or row.drill):
        wanted |= Q(urgency__in=PRESSING) & real()
    rows = cases_of_area(viewer, row).filter(wanted)
    if not ended:
        rows = rows.filter(ended_at=None)
    found = list(with_counts(rows).order_by("due_at", "id")[:MOST])
    beside = {
        one.case_id: one
        for one in EmergencyCase.objects.filter(emergency=row, case__in=[c.pk for c in found])
        .select_related("named")
    }  # fmt: skip
    lines = []
    for case, shown in zip(found, rows_of(viewer, found), strict=True):
        one = beside.get(case.pk)
        if one is None:
            lines.append(CaseLine(shown, False))
        else:
            name = one.named.name if one.named is not None else ""
            lines.append(CaseLine(shown, True, str(one.get_how_display()), one.is_major, name))
    return lines


def grids_of(row: Emergency) -> tuple[RollCall | None, list[GridLine]]:
    """The latest roll call, and what each grid of the area said to it: trouble first, then the
    grids that have not reported."""
    call = RollCall.objects.filter(emergency=row).order_by("-number").first()
    grids = places.areas(
        row.district_id, Level.GRID, street_id=row.street_id, community_id=row.community_id
    )
    rows = Answer.objects.filter(roll_call=call).select_related("case") if call else []
    newest = {one.grid_id: one for one in sorted(rows, key=lambda one: (one.answered_at, one.pk))}
    people = names({one.answered_by for one in newest.values()})
    communities = places.names_of({grid.community_id for grid in grids if grid.community_id})
    lines = []
    for grid in grids:
        one = newest.get(grid.id)
        where = communities.get(grid.community_id or 0, "")
        if one is None:
            lines.append(GridLine(grid.id, grid.label, where))
            continue
        lines.append(
            GridLine(
                grid_id=grid.id,
                grid=grid.label,
                community=where,
                said=one.said,
                words=one.words,
                who=people.get(one.answered_by, ""),
                at=one.answered_at,
                number=one.case.number if one.case is not None else "",
            )
        )
    order = [Said.TROUBLE.value, "silent", Said.SAFE.value]
    return call, sorted(lines, key=lambda line: order.index(line.state))


def crew_of(row: Emergency) -> list[CrewLine]:
    """Each line of the crew with whom it called, in the order of the plan."""
    lines = list(CrewCall.objects.filter(emergency=row))
    pages = page_queries.pages_about_each(SUBJECT, [one.pk for one in lines])
    return [
        CrewLine(one.name, _state(pages.get(one.pk, [])), pages.get(one.pk, [])) for one in lines
    ]


def _state(calls: list[PageLine]) -> str:
    if not calls:
        return "self"
    outcomes = {call.outcome for call in calls}
    if Outcome.ANSWERED in outcomes:
        return "answered"
    return "waiting" if Outcome.WAITING in outcomes else "nobody"


def crew_waiting(viewer: Viewer, row: Emergency) -> int | None:
    """The call of this emergency's crew that waits for the viewer; None where there is none."""
    if viewer.user_id is None:
        return None
    rows = Page.objects.filter(user_id=viewer.user_id, is_over=False, subject_kind=SUBJECT)
    rows = rows.exclude(outcome=Outcome.DECLINED)
    crews = CrewCall.objects.filter(emergency=row).values("pk")
    return rows.filter(subject_id__in=crews).values_list("pk", flat=True).first()


def log_of(viewer: Viewer, row: Emergency) -> list[LogWords]:
    """The log from the first line; of a case the viewer does not see only that there was one."""
    rows = list(LogLine.objects.filter(emergency=row).select_related("case").order_by("at", "id"))
    ids = {one.case_id for one in rows if one.case_id}
    seen = set(cases_of_area(viewer, row).filter(pk__in=ids).values_list("pk", flat=True))
    people = names({pk for one in rows for pk in (one.user_id, one.person_id) if pk})
    grids = places.names_of({one.grid_id for one in rows if one.grid_id})
    return [
        LogWords(
            at=one.at,
            code=one.code,
            label=str(one.get_code_display()),
            who=people.get(one.user_id or 0, ""),
            grid=grids.get(one.grid_id or 0, ""),
            number=one.case.number if one.case is not None and one.case_id in seen else "",
            person=people.get(one.person_id or 0, ""),
            count=one.number,
            words=one.words,
        )
        for one in rows
    ]
