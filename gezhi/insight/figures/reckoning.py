"""Counters asked of the database: sums of a period by one statement a day of counting, and the rows
behind a sum.

The same tests as `facts.counts`, said as conditions. Every statement begins with the district and the
moments of the period, for which each table has an index; nothing loops over cases.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce

from gezhi.ground.codes import queries as codes
from gezhi.insight.figures.counters import COUNTERS
from gezhi.insight.figures.facts import DELAYED, MOMENTS, Ask, Counter, Day, Test, Tests
from gezhi.insight.figures.periods import Period
from gezhi.insight.figures.reach import By, Reach
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.ids import typed_id
from gezhi.work.cases.asides import real
from gezhi.work.cases.models import Assignment, Case, Exclusion, Extension, Hang, Report

Counted = dict[str, int]


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the rows of a day stand, how they lead to their case, and what leaves one of them out."""

    model: type[Model]
    case: str
    exclusions: tuple[tuple[str, str], ...]
    """Scope, and the column of a row that an exclusion of it names."""


_OF_CASE = ("case", "")
_CASES = _Table(Case, "", (_OF_CASE,))
_TABLES: dict[Day, _Table] = {
    Day.REPORTED: _CASES,
    Day.ACCEPTED: _CASES,
    Day.ENDED: _CASES,
    # Whoever's stage is not counted late lets its case be not counted late.
    Day.DUE: _Table(Report, "case__", (_OF_CASE, ("stage", ""))),
    Day.SENT: _Table(Assignment, "case__", (_OF_CASE, ("assignment", "assignment_id"))),
    Day.RATED: _Table(Report, "case__", (_OF_CASE, ("rating", "report_id"))),
}


def reckon(names: Iterable[str], period: Period, reach: Reach, by: By) -> dict[str, Counted]:
    """What these counters count in the period, by what it is told apart by (as text; "" where a row
    has none of it); one statement for each day of counting."""
    return reckon_apart(names, period, reach, (by,))[by]


def reckon_apart(
    names: Iterable[str], period: Period, reach: Reach, ways: Iterable[By]
) -> dict[By, dict[str, Counted]]:
    """The same in several ways at once, by no more statements: rows are read once for all of them."""
    ways = tuple(ways)
    found: dict[By, dict[str, Counted]] = {by: {} for by in ways}
    by_day: dict[Day, list[Counter]] = {}
    for name in sorted(set(names)):
        by_day.setdefault(COUNTERS[name].day, []).append(COUNTERS[name])
    for day, counters in by_day.items():
        told = {f"told_{by}": _apart(day, by) for by in ways}
        sums = {f"n_{one.name}": _sum(one) for one in counters}
        rows = _rows(day, period, reach).annotate(**told).values(*told)
        for row in rows.annotate(**sums).order_by():
            numbers = [(one.name, _whole(row[f"n_{one.name}"])) for one in counters]
            for by in ways:
                into = found[by].setdefault(_key(by, row[f"told_{by}"]), {})
                for name, number in numbers:
                    into[name] = into.get(name, 0) + number
    return found


def counted_rows(
    names: Iterable[str], period: Period, reach: Reach, by: By, key: str
) -> list[QuerySet[Any]]:
    """For each counter the rows it counts, of one key; each with `case_key`, the id of its case."""
    found = []
    for name in names:
        counter = COUNTERS[name]
        table = _TABLES[counter.day]
        rows = _rows(counter.day, period, reach).filter(_condition(counter))
        if by is not By.WHOLE:
            rows = rows.annotate(told=_apart(counter.day, by)).filter(_told(by, key))
        column = "pk" if table.model is Case else "case_id"
        found.append(rows.annotate(case_key=F(column)))
    return found


def _rows(day: Day, period: Period, reach: Reach) -> QuerySet[Any]:
    table = _TABLES[day]
    moment = MOMENTS[day]
    # What falls due later has not: it counts from its moment on.
    until = min(period.ended_at, clock.now()) if day is Day.DUE else period.ended_at
    within = Q(district_id=reach.district_id)
    within &= Q(**{f"{moment}__gte": period.began_at, f"{moment}__lt": until})
    rows = table.model._default_manager.filter(within, reach.condition(table.case))
    if day is Day.DUE:
        rows = rows.alias(**{DELAYED: _delayed()})
    return rows.filter(_counts_at_all(table))


def _delayed() -> Q:
    """Whether a hang or an extension was granted in the round its case is in."""
    of_its_round = {"case": OuterRef("case_id"), "round": OuterRef("case__round"), "granted": True}
    hangs, extensions = (kind.objects.filter(**of_its_round) for kind in (Hang, Extension))
    return Q(Exists(hangs)) | Q(Exists(extensions))


def _counts_at_all(table: _Table) -> Q:
    """Not of a drill, and not left out 剔除; the latter asked only of the few cases of which anything is."""
    case = OuterRef(f"{table.case}pk")
    standing = Exclusion.objects.filter(case=case, included_at=None)
    gone = [
        Q(scope=scope, **({column: OuterRef("pk")} if column else {}))
        for scope, column in table.exclusions
    ]
    marked = Q(**{f"{table.case}marks__contains": " excluded "})
    return real(table.case) & (~marked | ~Q(Exists(standing.filter(reduce(or_, gone)))))


def _sum(counter: Counter) -> Any:
    condition = _condition(counter)
    if counter.hours is None:
        return Count("pk", filter=condition)
    began, ended = counter.hours
    length = ExpressionWrapper(F(ended) - F(began), output_field=DurationField())
    return Sum(length, filter=condition)


def _whole(found: Any) -> int:
    if found is None:
        return 0
    return found if isinstance(found, int) else int(found.total_seconds())


def _condition(counter: Counter) -> Q:
    condition = _all(counter.passes)
    for refusal in counter.unless:
        condition &= ~_all(refusal)
    return condition


def _all(tests: Tests) -> Q:
    return reduce(and_, map(_asked, tests), Q())


def _asked(test: Test) -> Q:
    match test.ask:
        case Ask.IS:
            return Q(**{test.column: test.value})
        case Ask.AMONG:
            return Q(**{f"{test.column}__in": test.value})
        case Ask.KNOWN:
            return Q(**{f"{test.column}__isnull": not test.value})
        case Ask.AT_LEAST:
            return Q(**{f"{test.column}__gte": test.value})
        case Ask.AFTER:
            return Q(**{f"{test.column}__gt": F(test.value)})
        case Ask.TO_COME:
            return Q(**{f"{test.column}__gte": clock.now()})
        case Ask.SAME_AS:
            return Q(**{test.column: F(test.value)})
        case Ask.MARKED:
            return Q(**{f"{test.column}__contains": f" {test.value} "})
        case Ask.UNMARKED:
            return ~Q(**{f"{test.column}__contains": f" {test.value} "})
    raise ValueError(test.ask)


def _apart(day: Day, by: By) -> Any:
    case = _TABLES[day].case
    match by:
        case By.WHOLE:
            return F("district_id")
        case By.UNIT if day is Day.SENT:
            return F("unit_id")
        case By.UNIT:
            # Who handled it last, or has it in hand.
            return Coalesce(f"{case}finished_unit_id", f"{case}holder_id")
        case By.FAMILY:
            return F(f"{case}class_code")
        case By.COMMUNITY:
            return F(f"{case}community_id")
        case By.GRID:
            # Where it was then: a grid that was cut anew keeps what it had.
            return F(f"{case}grid_at_id")
    raise ValueError(by)


def _key(by: By, told: Any) -> str:
    if by is By.WHOLE or told is None:
        return ""
    return family_of(told) if by is By.FAMILY else str(told)


def _told(by: By, key: str) -> Q:
    if by is By.FAMILY:
        classes = {row.code for row in codes.terms("matters") if family_of(row.code) == key}
        return Q(told__in=classes) if key else ~Q(told__in=_classed())
    if not key:
        return Q(told=None)
    row_id = typed_id(key)
    if row_id is None:
        raise Unseen("")
    return Q(told=row_id)


def _classed() -> set[str]:
    return {row.code for row in codes.terms("matters") if family_of(row.code)}


def family_of(class_code: str) -> str:
    """The family a class belongs to; "" of none, or of a class no pack in force knows."""
    row = codes.term("matters", class_code) if class_code else None
    return str(row.data.get("family", "")) if row else ""


def sums_of(found: Mapping[str, Counted]) -> Counted:
    """All keys together."""
    whole: Counted = {}
    for counted in found.values():
        for name, number in counted.items():
            whole[name] = whole.get(name, 0) + number
    return whole
