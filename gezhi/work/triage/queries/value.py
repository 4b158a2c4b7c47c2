"""The value of advice: for supervisors and leaders, of what they see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.work.triage import figures
from gezhi.work.triage.models import Advice, AdviceValue, Tolerance, TrainedModel
from gezhi.work.triage.rules import (
    COMPARED_MONTHS,
    DEFAULT_ERROR,
    QUESTIONS,
    TOLERATED,
    Tally,
    fell,
    together,
)

MONTHS = 12
Row = TypeVar("Row", Advice, AdviceValue)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One question in one month; shares are None where nothing was counted."""

    what: str
    tally: Tally
    error: float
    fell: bool


@dataclass(frozen=True, slots=True)
class ValueMonth:
    """One month of the drift: the tally of every question."""

    month: date
    tallies: dict[str, Tally]


@dataclass(frozen=True, slots=True)
class ValuePage:
    """The page of a month: by question, time saved, and the drift of twelve months."""

    month: date
    rows: tuple[ValueRow, ...]
    minutes_taken: float | None
    minutes_otherwise: float | None
    drift: tuple[ValueMonth, ...]

    @property
    def minutes_saved(self) -> float | None:
        """Median minutes from report to acceptance that taken advice came earlier."""
        if self.minutes_taken is None or self.minutes_otherwise is None:
            return None
        return self.minutes_otherwise - self.minutes_taken


@dataclass(frozen=True, slots=True)
class ToleranceView:
    """The error the office bears for one question; `set_at` is None while it is the default."""

    what: str
    error: float
    version: int
    set_at: datetime | None


@dataclass(frozen=True, slots=True)
class ModelView:
    """One trained version: when, from how many examples, how good on the newest fifth."""

    id: int
    what: str
    trained_at: datetime
    examples: int
    labels: int
    measures: dict[str, float]
    in_force: bool


def value_of_advice(viewer: Viewer, month: date | None = None) -> ValuePage:
    """Coverage, taken, right, time saved and drift; refuses (NotPermitted) all but supervisors
    and leaders. Of their streets, as of now."""
    _require(viewer)
    month = figures.month_of(month or clock.today())
    taken, otherwise = figures.minutes_to_accept(_in_sight(viewer, Advice.objects.all()), month)
    months = _drift(viewer, month)
    drift = [one for one in months if one.month < month]
    counted = next((one.tallies for one in months if one.month == month), {})
    errors = {one.what: one.error for one in tolerances(viewer)}
    before = drift[-COMPARED_MONTHS:]
    return ValuePage(
        month=month,
        rows=tuple(
            ValueRow(
                what,
                counted.get(what, Tally()),
                errors.get(what, DEFAULT_ERROR),
                what in errors
                and fell(
                    counted.get(what, Tally()),
                    [one.tallies[what] for one in before if what in one.tallies],
                    errors[what],
                ),
            )
            for what in QUESTIONS
        ),
        minutes_taken=taken,
        minutes_otherwise=otherwise,
        drift=(*drift, ValueMonth(month, counted)) if counted else tuple(drift),
    )


def tolerances(viewer: Viewer) -> tuple[ToleranceView, ...]:
    """The error borne for each question in the viewer's district."""
    found: dict[str, Tolerance] = {}
    for row in Tolerance.objects.filter(district_id=viewer.district_id or 0).order_by("version"):
        found[row.what] = row
    return tuple(
        ToleranceView(what, found[what].error, found[what].version, found[what].set_at)
        if what in found
        else ToleranceView(what, DEFAULT_ERROR, 0, None)
        for what in TOLERATED
    )


def trained_models(viewer: Viewer, *, most: int = 20) -> list[ModelView]:
    """The newest trained versions of the viewer's district; nothing for whoever has no seat."""
    if not (viewer.is_system or viewer.seats):
        return []
    rows = TrainedModel.objects.filter(district_id=viewer.district_id or 0)[:most]
    return [
        ModelView(
            row.pk, row.what, row.trained_at, row.examples, row.labels, row.measures, row.in_force
        )
        for row in rows
    ]


def _require(viewer: Viewer) -> None:
    if not (viewer.is_system or viewer.may(Right.READ_VALUE)):
        raise NotPermitted(_("成效由值班长和领导查看"))


def _in_sight(viewer: Viewer, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those of the rows that count the viewer's streets, or the whole district."""
    if viewer.is_system:
        return rows
    rows = rows.filter(district_id=viewer.district_id or 0)
    seats = viewer.seats_for(Right.READ_VALUE)
    if any(seat.level == Level.DISTRICT for seat in seats):
        return rows
    return rows.filter(street_id__in=[seat.area_id for seat in seats])


def _drift(viewer: Viewer, month: date) -> list[ValueMonth]:
    rows = (
        _in_sight(viewer, AdviceValue.objects.all())
        .filter(month__gt=figures.months_before(month, MONTHS), month__lte=month, cases__gt=0)
        .order_by("month")
    )
    months: dict[date, dict[str, list[Tally]]] = {}
    for row in rows:
        months.setdefault(row.month, {}).setdefault(row.what, []).append(row.tally)
    return [
        ValueMonth(when, {what: together(list(found)) for what, found in by_what.items()})
        for when, by_what in sorted(months.items())
    ]
