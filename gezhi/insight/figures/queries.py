"""Figures for a viewer, and the cases behind each; closed periods as they were frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.insight.figures.formulas import Indicator, summed
from gezhi.insight.figures.freezing import Figure, frozen_of, frozen_since, is_frozen
from gezhi.insight.figures.indicators import find, five, indicators
from gezhi.insight.figures.periods import Period, Span, to_open
from gezhi.insight.figures.reach import By, Reach, reach_of
from gezhi.insight.figures.reckoning import counted_rows, reckon
from gezhi.insight.figures.settling import freezes_on
from gezhi.kernel import clock, scope
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import CaseRow, visible_to
from gezhi.work.cases.queries.rows import rows_of, with_counts

PARTS = ("numerator", "denominator")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of a period with the same of the period before and of a year before."""

    now: Figure
    before: Figure
    year_before: Figure


@dataclass(frozen=True, slots=True)
class Settled:
    """How far a period is settled: since when it is frozen, or in which night it will be. Neither of
    one that still runs, nor of one that was never frozen and is too old by now."""

    frozen_at: datetime | None = None
    freezes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole of what a viewer reaches: all indicators in the pack's order; the codes of the five."""

    figures: tuple[Compared, ...]
    five: tuple[str, ...]
    ways: tuple[By, ...]
    settled: Settled

    @property
    def first(self) -> tuple[Compared, ...]:
        """The five, in their own order."""
        known = {one.now.indicator.code: one for one in self.figures}
        return tuple(known[code] for code in self.five if code in known)

    @property
    def others(self) -> tuple[Compared, ...]:
        """All but the five."""
        return tuple(one for one in self.figures if one.now.indicator.code not in self.five)


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of one unit, family, community or grid; `key` is "" for rows that have none."""

    key: str
    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the cases a figure counted: one line for each time one was counted. `kept` are the
    confidential ones, which the viewer is not shown; `frozen` is the number as the figure was frozen,
    None of an open period."""

    indicator: Indicator
    rows: list[CaseRow]
    total: int
    kept: int
    frozen: int | None = None

    @property
    def shown(self) -> int:
        """How many lines there are, on all pages."""
        return self.total - self.kept


def opening(span: Span) -> Period:
    """The period a page of figures opens with: the one that ran last, while the running one has only
    just begun."""
    return to_open(span, clock.today(), codes.calendar().is_working)


def settled(viewer: Viewer, period: Period) -> Settled:
    """How far a period of the viewer's area is settled."""
    return _settled(period, frozen_since(reach_of(viewer), (period,)))


def board(viewer: Viewer, period: Period) -> Board:
    """All figures of the viewer's area, with those they are compared with."""
    reach = reach_of(viewer)
    known = indicators()
    asked = (period, period.before(), period.year_before())
    since = frozen_since(reach, asked)
    now, before, year_before = (
        _figures(reach, one, By.WHOLE, known, frozen=one in since).get("", {}) for one in asked
    )
    return Board(
        tuple(
            Compared(*(found.get(one.code) or Figure(one) for found in (now, before, year_before)))
            for one in known
        ),
        tuple(one.code for one in five()),
        reach.ways,
        _settled(period, since),
    )


def told_apart(viewer: Viewer, period: Period, by: By) -> list[Told]:
    """The five of each unit, family, community or grid that has any of them, by name.

    Unseen for what the viewer's figures cannot be told apart by.
    """
    reach = reach_of(viewer)
    if by is By.WHOLE or by not in reach.ways:
        raise Unseen(_("没有这样的分法"))
    known = five()
    found = _figures(reach, period, by, known, frozen=is_frozen(reach, period))
    names = _names(by, found)
    rows = [
        Told(
            key,
            names.get(key, "") or _without(by),
            tuple(figures.get(one.code) or Figure(one) for one in known),
        )
        for key, figures in found.items()
    ]
    return sorted(rows, key=lambda row: (not row.key, row.name))


def behind(
    viewer: Viewer, code: str, part: str, period: Period, by: By, key: str, *, page: int = 1
) -> Behind:
    """The cases behind a figure's numerator or denominator, as they are counted now.

    Unseen for an indicator that is none, or what the viewer's figures cannot be told apart by.
    """
    reach, one = reach_of(viewer), find(code)
    if one is None or part not in PARTS or by not in reach.ways:
        raise Unseen(_("没有这个数"))
    names = one.numerator if part == "numerator" else one.denominator
    counted = counted_rows(names, period, reach, by, key)
    # Asked of each row: all that a viewer sees of a city is a million, the rows of a month are not.
    seen = scope.asked_of_each(visible_to(viewer).filter(pk=OuterRef("case_key")))
    shown = [rows.filter(seen) for rows in counted]
    first = (page - 1) * PAGE_SIZE
    ids = list(_union(shown)[first : first + PAGE_SIZE]) if shown else []
    total = sum(rows.count() for rows in counted)
    kept = total - sum(rows.count() for rows in shown)
    return Behind(
        one, _case_rows(viewer, ids), total, kept, _frozen_part(reach, period, by, key, code, part)
    )


def name_of(by: By, key: str) -> str:
    """What a unit, family, community or grid is called; "" of the whole."""
    return "" if by is By.WHOLE else _names(by, [key]).get(key, "") or _without(by)


def _union(shown: list[QuerySet[Any]]) -> QuerySet[Any]:
    first, *rest = (rows.order_by().values_list("case_key", "pk") for rows in shown)
    return first.union(*rest, all=True).order_by("-case_key", "pk")


def _case_rows(viewer: Viewer, ids: list[tuple[int, int]]) -> list[CaseRow]:
    cases = list(with_counts(Case.objects.filter(pk__in={case for case, _row in ids})))
    rows = {case.pk: row for case, row in zip(cases, rows_of(viewer, cases), strict=True)}
    return [rows[case] for case, _row in ids]


def _settled(period: Period, since: Mapping[Period, datetime]) -> Settled:
    if period in since:
        return Settled(frozen_at=since[period])
    runs = period.last > clock.today()
    return Settled() if runs else Settled(freezes_on=freezes_on(period))


def _frozen_part(
    reach: Reach, period: Period, by: By, key: str, code: str, part: str
) -> int | None:
    if not is_frozen(reach, period):
        return None
    figure = frozen_of(reach, period, by).get(key, {}).get(code)
    if figure is None:
        return 0
    return figure.numerator if part == "numerator" else figure.denominator


def _figures(
    reach: Reach, period: Period, by: By, known: Iterable[Indicator], *, frozen: bool
) -> dict[str, dict[str, Figure]]:
    if frozen:
        return frozen_of(reach, period, by)
    known = tuple(known)
    told = reckon({name for one in known for name in one.counters}, period, reach, by)
    return {
        key: {
            one.code: Figure(one, summed(one.numerator, counted), summed(one.denominator, counted))
            for one in known
        }
        for key, counted in told.items()
    }


def _names(by: By, keys: Iterable[str]) -> dict[str, str]:
    known = [key for key in keys if key]
    if by is By.FAMILY:
        return {row.code: row.label for row in codes.terms("families")}
    ids = [int(key) for key in known]
    ask = {By.UNIT: units.names_of, By.GRID: places.grid_names_of}.get(by, places.names_of)
    found = ask(ids)
    return {str(pk): name for pk, name in found.items()}


def _without(by: By) -> str:
    return {
        By.UNIT: _("没有派过单位"),
        By.FAMILY: _("没有类别"),
        By.COMMUNITY: _("社区未定"),
        By.GRID: _("网格未定"),
    }.get(by, "")
