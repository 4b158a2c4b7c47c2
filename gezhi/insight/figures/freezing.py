"""Periods as they were frozen: written once, recounted, and read back in place of a new count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Min, Q, QuerySet

from gezhi.insight.figures.formulas import Indicator, summed, value
from gezhi.insight.figures.indicators import indicators
from gezhi.insight.figures.models import Correction, Frozen
from gezhi.insight.figures.periods import Period, Span
from gezhi.insight.figures.reach import By, Reach
from gezhi.insight.figures.reckoning import reckon_apart
from gezhi.kernel.viewer import Level
from gezhi.records.places import queries as places

Sums = tuple[int, int]
Place = tuple[str, str, str]
"""By what, of which, which indicator."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's numerator and denominator; `corrected` is what a frozen one is by now."""

    indicator: Indicator
    numerator: int = 0
    denominator: int = 0
    corrected: "Figure | None" = None
    seen_at: datetime | None = None

    @property
    def value(self) -> float | None:
        """In the unit of the indicator; None of a denominator of nothing."""
        return value(self.indicator.unit, self.numerator, self.denominator)


def counted_anew(street: Reach, period: Period, known: Iterable[Indicator]) -> dict[Place, Sums]:
    """Every figure of a street's period by every way it is told apart, as it is counted now."""
    known = tuple(known)
    names = {name for one in known for name in one.counters}
    told = reckon_apart(names, period, street, By)
    # A period without a case is frozen, too.
    told[By.WHOLE].setdefault("", {})
    found: dict[Place, Sums] = {}
    for by, counted_by_key in told.items():
        for key, counted in counted_by_key.items():
            for one in known:
                sums = summed(one.numerator, counted), summed(one.denominator, counted)
                if by is By.WHOLE or any(sums):
                    found[by, key, one.code] = sums
    return found


def is_frozen(reach: Reach, period: Period) -> bool:
    """Whether this period of what is reached was frozen."""
    return period in frozen_since(reach, (period,))


def frozen_since(reach: Reach, periods: Iterable[Period]) -> dict[Period, datetime]:
    """Those of the periods that were frozen, and since when; one statement for all of them."""
    asked = reduce(or_, (Q(span=one.span, first=one.first) for one in periods))
    rows = Frozen.objects.filter(asked, _streets_of(reach), district_id=reach.district_id)
    found = rows.filter(by=By.WHOLE).values_list("span", "first").annotate(at=Min("frozen_at"))
    return {Period(Span(span), first): at for span, first, at in found.order_by()}


def rows_of(street: Reach, period: Period) -> QuerySet[Frozen]:
    """Every frozen figure of a street's period."""
    return _of(street, period).filter(_streets_of(street))


def frozen_of(reach: Reach, period: Period, by: By) -> dict[str, dict[str, Figure]]:
    """The frozen figures of what a viewer reaches, by key and indicator; none of an open period."""
    rows = list(_stored(reach, period, by))
    packs = {row.pack_id for row in rows}
    known = {(pack, one.code): one for pack in packs for one in indicators(pack)}
    later = _corrections(rows)
    sums: dict[tuple[str, str], list[Figure]] = {}
    for row in rows:
        one = known.get((row.pack_id, row.indicator))
        if one is None:
            continue
        key = "" if reach.level is Level.COMMUNITY and by is By.WHOLE else row.key
        figure = Figure(one, row.numerator, row.denominator)
        seen = later.get(row.pk)
        if seen is not None:
            now = Figure(one, seen.numerator, seen.denominator)
            figure = Figure(one, row.numerator, row.denominator, now, seen.seen_at)
        sums.setdefault((key, one.code), []).append(figure)
    found: dict[str, dict[str, Figure]] = {}
    for (key, code), figures in sums.items():
        found.setdefault(key, {})[code] = _together(figures)
    return found


def _streets_of(reach: Reach) -> Q:
    match reach.level:
        case Level.DISTRICT:
            return Q()
        case Level.STREET:
            return Q(street_id__in=reach.area_ids)
    community = places.area(reach.area_ids[0])
    return Q(street_id=community.street_id or 0 if community else 0)


def _of(reach: Reach, period: Period) -> QuerySet[Frozen]:
    return Frozen.objects.filter(
        district_id=reach.district_id, span=period.span, first=period.first
    )


def _stored(reach: Reach, period: Period, by: By) -> QuerySet[Frozen]:
    rows = _of(reach, period)
    match reach.level:
        case Level.DISTRICT:
            return rows.filter(by=by)
        case Level.STREET:
            return rows.filter(by=by, street_id__in=reach.area_ids)
    # Of a community the whole is what the street's figures say of it.
    if by is By.WHOLE:
        return rows.filter(by=By.COMMUNITY, key__in=map(str, reach.area_ids))
    grids = [
        str(grid.id)
        for community in reach.area_ids
        for grid in places.areas(reach.district_id, Level.GRID, community_id=community, in_use=None)
    ]
    return rows.filter(by=by, key__in=grids)


def latest(rows: Iterable[Frozen]) -> Iterator[tuple[Frozen, Sums]]:
    """Frozen figures with what is known of them now: the last correction, else themselves."""
    rows = list(rows)
    later = _corrections(rows)
    for row in rows:
        known = later.get(row.pk, row)
        yield row, (known.numerator, known.denominator)


def _corrections(rows: Iterable[Frozen]) -> dict[int, Correction]:
    ids = [row.pk for row in rows]
    found = Correction.objects.filter(figure__in=ids).order_by("seen_at", "id")
    return {one.figure_id: one for one in found}


def _together(figures: list[Figure]) -> Figure:
    """The sum over streets; corrected where any of them is."""
    first = figures[0]
    if len(figures) == 1:
        return first
    seen = [one.seen_at for one in figures if one.seen_at]
    now = [one.corrected or one for one in figures]
    return Figure(
        first.indicator,
        sum(one.numerator for one in figures),
        sum(one.denominator for one in figures),
        Figure(
            first.indicator, sum(one.numerator for one in now), sum(one.denominator for one in now)
        )
        if seen
        else None,
        max(seen, default=None),
    )
