"""The latest roll call of an emergency: what each grid said to it, and how many are silent."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from gezhi.ground.accounts.queries import names
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.queries import AreaRow
from gezhi.records.posts import queries as posts
from gezhi.work.emergency.models import Answer, Emergency, RollCall
from gezhi.work.emergency.queries.sight import shown_of
from gezhi.work.emergency.rules import Said


@dataclass(frozen=True, slots=True)
class GridLine:
    """What a grid said to a roll call; without an answer it has not reported.

    `instead` stands where the words are not the viewer's to read; no number then, where the case
    is none of theirs either.
    """

    grid_id: int
    grid: str
    community: str
    said: str = ""
    words: str = ""
    instead: str = ""
    who: str = ""
    at: datetime | None = None
    number: str = ""
    # Who walks it, of one that has not reported: somebody rings them up.
    workers: str = ""

    @property
    def state(self) -> str:
        """safe, trouble or silent."""
        return self.said or "silent"


def latest_call(row: Emergency) -> RollCall | None:
    """The roll call that is answered now."""
    return RollCall.objects.filter(emergency=row).order_by("-number").first()


def silent_count(row: Emergency, call: RollCall | None) -> int:
    """How many grids of the area have not answered this roll call."""
    grids = _grids(row)
    rows = Answer.objects.filter(roll_call=call, grid__in=[grid.id for grid in grids])
    return len(grids) - rows.values("grid").distinct().count()


def grids_of(
    viewer: Viewer, row: Emergency, call: RollCall | None, *, on_paper: bool = False
) -> list[GridLine]:
    """What each grid of the area said to this roll call, as far as the viewer sees the case it
    became (`on_paper` nothing of a confidential one): trouble first, then the grids that have not
    reported."""
    grids = _grids(row)
    newest = {one.grid_id: one for one in _newest(call)} if call is not None else {}
    people = names({one.answered_by for one in newest.values()})
    workers = posts.workers_of_grids(grid.id for grid in grids if grid.id not in newest)
    communities = places.names_of({grid.community_id for grid in grids if grid.community_id})
    cases = (one.case for one in newest.values() if one.case is not None)
    shown = shown_of(viewer, cases, on_paper=on_paper)
    lines = []
    for grid in grids:
        one = newest.get(grid.id)
        where = communities.get(grid.community_id or 0, "")
        if one is None:
            walked_by = "、".join(workers.get(grid.id, ()))
            lines.append(GridLine(grid.id, grid.label, where, workers=walked_by))
            continue
        case = shown.get(one.case_id or 0)
        lines.append(
            GridLine(
                grid_id=grid.id,
                grid=grid.label,
                community=where,
                said=one.said,
                words=case.words if case is not None else one.words,
                instead=case.instead if case is not None else "",
                who=people.get(one.answered_by, ""),
                at=one.answered_at,
                number=case.number if case is not None else "",
            )
        )
    order = [Said.TROUBLE.value, "silent", Said.SAFE.value]
    return sorted(lines, key=lambda line: order.index(line.state))


def _grids(row: Emergency) -> tuple[AreaRow, ...]:
    return places.areas(
        row.district_id, Level.GRID, street_id=row.street_id, community_id=row.community_id
    )


def _newest(call: RollCall) -> QuerySet[Answer]:
    """Of each grid the last word: a grid may answer as often as it likes."""
    rows = Answer.objects.filter(roll_call=call)
    last = Answer.objects.filter(roll_call=call, grid=OuterRef("grid"))
    last = last.order_by("-answered_at", "-pk")
    return rows.filter(pk=Subquery(last.values("pk")[:1])).select_related("case")
