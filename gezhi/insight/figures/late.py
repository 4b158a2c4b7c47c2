"""Who is late: units with overdue cases, the one that waits longest first, with that case."""

from dataclasses import dataclass

from django.db.models import Count, Min

from gezhi.kernel.viewer import Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import CaseRow
from gezhi.work.cases.queries.queues import cases_in
from gezhi.work.cases.queries.rows import rows_of, with_counts


@dataclass(frozen=True, slots=True)
class LateUnit:
    """One unit: how many of the viewer's overdue cases it holds, and the longest overdue of them."""

    unit_id: int
    name: str
    overdue: int
    longest: CaseRow


def late_units(viewer: Viewer, *, most: int = 10) -> list[LateUnit]:
    """The units that hold overdue cases of the viewer's list; whatever waits longest stands first.

    Two statements, and those that name the rows. Refuses (Invalid) whoever has no list of overdue ones.
    """
    overdue = cases_in(viewer, "overdue")
    held = list(
        overdue.order_by()
        .values("holder")
        .annotate(number=Count("pk"), since=Min("due_at"))
        .order_by("since", "holder")[:most]
    )
    longest = _longest(viewer, [row["holder"] for row in held])
    names = units.names_of(row["holder"] for row in held)
    return [
        LateUnit(pk, names.get(pk, ""), row["number"], longest[pk])
        for row in held
        if (pk := row["holder"]) in longest
    ]


def _longest(viewer: Viewer, unit_ids: list[int]) -> dict[int, CaseRow]:
    overdue = cases_in(viewer, "overdue")
    ids = [
        overdue.filter(holder=unit).order_by("due_at", "id").values_list("pk", flat=True)[:1]
        for unit in unit_ids
    ]
    cases = list(with_counts(Case.objects.filter(pk__in=[pk for one in ids for pk in one])))
    rows = rows_of(viewer, cases)
    return {row.holder_id: row for row in rows if row.holder_id is not None}
