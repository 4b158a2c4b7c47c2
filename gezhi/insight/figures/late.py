"""Who is late and why: units with overdue cases, the one that waits longest first, with that case."""

from dataclasses import dataclass

from django.db.models import Count, Min

from gezhi.kernel.viewer import Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.queries import CaseRow
from gezhi.work.cases.queries.queues import cases_in
from gezhi.work.cases.queries.rows import rows_of, with_counts
from gezhi.work.cases.rules import Deed, Sight

# The deeds by which a unit writes down why it takes longer.
_TELLING = (Deed.ASK_TO_EXTEND, Deed.ASK_TO_HANG, Deed.REPORT_TO_SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Why:
    """What a unit wrote of a case that is late: by which deed, the reason's code where the deed has
    one, and its words; no words of a confidential case."""

    deed: Deed
    reason_code: str
    words: str


@dataclass(frozen=True, slots=True)
class LateUnit:
    """One unit: how many of the viewer's overdue cases it holds, the longest overdue of them, and
    why that one takes longer, as it was written last."""

    unit_id: int
    name: str
    overdue: int
    longest: CaseRow
    why: Why | None = None


def late_units(viewer: Viewer, *, most: int = 10) -> list[LateUnit]:
    """The units that hold overdue cases of the viewer's list; whatever waits longest stands first.

    Two statements, one for the reasons, and those that name the rows. Refuses (Invalid) whoever has no list of overdue ones.
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
    whys = _written(list(longest.values()))
    return [
        LateUnit(pk, names.get(pk, ""), row["number"], longest[pk], whys.get(longest[pk].number))
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


def _written(rows: list[CaseRow]) -> dict[str, Why]:
    """By number, what was written last in the round each case is in."""
    if not rows:
        return {}
    by_number = {row.number: row for row in rows}
    steps = Step.objects.filter(case__number__in=by_number, deed__in=_TELLING)
    found: dict[str, Why] = {}
    for number, round_, deed, code, words in steps.order_by("serial").values_list(
        "case__number", "round", "deed", "reason_code", "words__text"
    ):
        row = by_number[number]
        if round_ == row.round:
            told = (words or "") if row.sight is Sight.WHOLE and not row.restricted else ""
            found[number] = Why(Deed(deed), code, told)
    return found
