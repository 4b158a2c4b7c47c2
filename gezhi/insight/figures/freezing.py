"""Months as they were frozen: written once, recounted, and read back in place of a new count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from gezhi.insight.figures.formulas import Indicator, summed, value
from gezhi.insight.figures.indicators import indicators
from gezhi.insight.figures.models import Correction, Frozen
from gezhi.insight.figures.periods import Period, Span
from gezhi.insight.figures.reach import By, Reach
from gezhi.insight.figures.reckoning import reckon
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


def counted_anew(street: Reach, month: date, known: Iterable[Indicator]) -> dict[Place, Sums]:
    """Every figure of a street's month by every way it is told apart, as it is counted now."""
    known = tuple(known)
    names = {name for one in known for name in one.counters}
    period = Period(Span.MONTH, month)
    found: dict[Place, Sums] = {}
    for by in By:
        told = reckon(names, period, street, by)
        if by is By.WHOLE:
            # A month without a case was frozen, too.
            told.setdefault("", {})
        for key, counted in told.items():
            for one in known:
                sums = summed(one.numerator, counted), summed(one.denominator, counted)
                if by is By.WHOLE or any(sums):
                    found[by, key, one.code] = sums
    return found


def is_frozen(street_id: int, month: date) -> bool:
    """Whether this month of a street was frozen."""
    return Frozen.objects.filter(street_id=street_id, month=month, by=By.WHOLE).exists()


def frozen_of(reach: Reach, month: date, by: By) -> dict[str, dict[str, Figure]] | None:
    """The frozen figures of what a viewer reaches, by key and indicator; None of an open month."""
    rows = list(_stored(reach, month, by))
    if not rows and not _is_frozen(reach, month):
        return None
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


def _is_frozen(reach: Reach, month: date) -> bool:
    rows = Frozen.objects.filter(district_id=reach.district_id, month=month, by=By.WHOLE)
    if reach.level is Level.STREET:
        rows = rows.filter(street_id__in=reach.area_ids)
    if reach.level is Level.COMMUNITY:
        street = places.area(reach.area_ids[0])
        rows = rows.filter(street_id=street.street_id or 0 if street else 0)
    return rows.exists()


def _stored(reach: Reach, month: date, by: By) -> QuerySet[Frozen]:
    rows = Frozen.objects.filter(district_id=reach.district_id, month=month)
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
