"""A unit's own part of a case, as lists stand in order of it: its clock is not the case's."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Assignment, Case, Supervision, Whistle


def own_part(viewer: Viewer, part: str) -> Q:
    """Cases in which a unit of the viewer still owes this part."""
    return Q(Exists(_owed(viewer, part)))


def with_own_clock(rows: QuerySet[Case], viewer: Viewer, part: str) -> QuerySet[Case]:
    """The rows with until when, and since when, the viewer's unit owes its part; of what is
    supervised until when, and since when, it is to be answered."""
    owed: QuerySet[Assignment] | QuerySet[Supervision] | QuerySet[Whistle]
    if part == "supervision":
        owed, since = Supervision.objects.filter(case=OuterRef("pk"), ended_at=None), "began_at"
    elif part == "whistle":
        owed, since = Whistle.objects.filter(case=OuterRef("pk"), ended_at=None), "blown_at"
    else:
        owed, since = _owed(viewer, part).order_by("due_at", "id"), "sent_at"
    return rows.annotate(
        own_due_at=Subquery(owed.values("due_at")[:1]), own_since=Subquery(owed.values(since)[:1])
    )


def on_own_clock(cases: list[Case], part: str) -> list[Case]:
    """The same rows, read to be shown only, with that clock in the place of the case's."""
    for case in cases:
        if (own := vars(case).get("own_due_at")) is not None:
            case.due_at = own
            vars(case)["stage_began_at"] = vars(case)["own_since"]
            vars(case)["own_clock"] = part
    return cases


def _owed(viewer: Viewer, part: str) -> QuerySet[Assignment]:
    units = {seat.unit_id for seat in viewer.seats_for(Right.HANDLE)}
    return Assignment.objects.filter(
        case=OuterRef("pk"),
        unit_id__in=units,
        part=part,
        finished_at=None,
        ended_at=None,
        absence="",
    )
