"""Figures in words: how a value is said, how it was counted, what it is compared with."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gezhi.faces.desk.figures.asked import Asked
from gezhi.insight.figures.formulas import Unit
from gezhi.insight.figures.freezing import Figure
from gezhi.insight.figures.periods import Period
from gezhi.insight.figures.queries import Compared

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Side:
    """A numerator or denominator: how many, and the list of them; no list of an amount of time."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: its value, where it leads, what it is made of, and its correction if it has one."""

    value: str
    url: str
    above: Side | None
    below: Side | None
    corrected: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its figure and those it is compared with."""

    name: str
    words: str
    formula: str
    short: str
    by_day: str
    note: str
    now: Shown
    before: Shown
    year_before: Shown


def line_of(one: Compared, asked: Asked) -> Line:
    """An indicator as a page shows it."""
    period = asked.period
    indicator = one.now.indicator
    return Line(
        indicator.name,
        indicator.words,
        indicator.formula,
        indicator.short,
        indicator.by_day,
        indicator.note,
        shown(one.now, asked, period),
        shown(one.before, asked, period.before()),
        shown(one.year_before, asked, period.year_before()),
    )


def shown(figure: Figure, asked: Asked, period: Period, key: str = "") -> Shown:
    """One figure of a period; its value leads to what it is counted of."""
    indicator = figure.indicator
    parts = {
        "numerator": (figure.numerator, indicator.unit is not Unit.HOURS),
        "denominator": (figure.denominator, True),
    }
    # A number of cases leads to its list also while the period has none yet.
    opens = indicator.unit is Unit.COUNT and period == asked.period and not key
    urls = {
        part: asked.cases_url(indicator.code, part, key, period)
        if is_counted and (number or opens)
        else ""
        for part, (number, is_counted) in parts.items()
    }
    above = below = None
    # Of nothing there is nothing to divide.
    if indicator.unit is not Unit.COUNT and figure.denominator:
        above = Side(
            amount(figure.numerator, timed=indicator.unit is Unit.HOURS), urls["numerator"]
        )
        below = Side(amount(figure.denominator), urls["denominator"])
    of = "numerator" if indicator.unit is Unit.COUNT else "denominator"
    return Shown(
        spoken(figure),
        urls[of],
        above,
        below,
        correction(figure),
        figure.seen_at,
    )


def spoken(figure: Figure) -> str:
    """87.5%, 12.5 小时, 31 件; — of a denominator of nothing."""
    value = figure.value
    if value is None:
        return NOTHING
    match figure.indicator.unit:
        case Unit.SHARE:
            return f"{round(100 * value, 1):g}%"
        case Unit.HOURS:
            return _("%(hours)s 小时") % {"hours": f"{round(value, 1):g}"}
        case Unit.COUNT:
            return amount(int(value))


def amount(number: int, *, timed: bool = False) -> str:
    """A number of cases, or of hours where it comes as seconds."""
    if timed:
        return _("共 %(hours)s 小时") % {"hours": f"{round(number / 3600, 1):g}"}
    return _("%(number)s 件") % {"number": number}


def correction(figure: Figure) -> str:
    """What a frozen figure is by now; empty where it is still the same."""
    now = figure.corrected
    if now is None:
        return ""
    if figure.indicator.unit is Unit.COUNT:
        return spoken(now)
    timed = figure.indicator.unit is Unit.HOURS
    return _("%(value)s（%(above)s ÷ %(below)s）") % {
        "value": spoken(now),
        "above": amount(now.numerator, timed=timed),
        "below": amount(now.denominator),
    }
