"""An indicator 指标: a name, and of which counters its numerator and its denominator are the sums.

Pure. What a pack says is read here and refused with a sentence where it cannot be counted.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from gezhi.insight.figures.counters import COUNTERS
from gezhi.insight.figures.facts import DAYS, Counter, Day
from gezhi.kernel.errors import Invalid

_SPACED = re.compile(r"(?<=[）］]) ÷ | ÷ (?=[（［])")
# What stands behind the name of what is counted: "应结案的事：承诺的时限已到（挂账的不算）".
_EXCEPTIONS = re.compile(r"（[^）]*）|：.*")


class Unit(StrEnum):
    """In what an indicator is said."""

    SHARE = "share"
    COUNT = "count"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named formula over counters that are all counted by one day."""

    code: str
    name: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    unit: Unit
    day: Day
    note: str = ""

    @property
    def counters(self) -> frozenset[str]:
        """All that it is made of."""
        return frozenset((*self.numerator, *self.denominator))

    @property
    def words(self) -> str:
        """How it is counted, whole, and by which day."""
        return f"{self.formula}，{self.by_day}"

    @property
    def formula(self) -> str:
        """How it is counted, whole."""
        return self._worded(str)

    @property
    def short(self) -> str:
        """The same without what is left out, for the note below a figure."""
        return self._worded(_without_exceptions)

    @property
    def by_day(self) -> str:
        """按到期日: which day of a row says into which period it falls."""
        return _("按%(day)s") % {"day": DAYS[self.day]}

    def _worded(self, said: Callable[[str], str]) -> str:
        above = _terms(self.numerator, said)
        if not self.denominator:
            return " + ".join(above)
        divided = f"{_bracketed(above)} ÷ {_bracketed(_terms(self.denominator, said))}"
        # Chinese brackets bring their own space.
        return _SPACED.sub("÷", divided)


def indicator(code: str, name: str, data: Mapping[str, str]) -> Indicator:
    """The indicator a row of a pack says.

    Refuses (Invalid) an unknown counter, unit or day, counters of several days, a share of nothing, a
    count with a denominator, and hours that are no time or are divided by time.
    """
    unit, day = data.get("unit", ""), data.get("day", "")
    if unit not in set(Unit):
        raise Invalid(
            _("unit 写 share（占比）、count（件数）或 hours（小时），现在是“%(unit)s”")
            % {"unit": unit},
            field="unit",
        )
    if day not in set(Day):
        raise Invalid(
            _("day 写 %(days)s 之一，现在是“%(day)s”") % {"day": day, "days": "、".join(Day)},
            field="day",
        )
    found = Indicator(
        code,
        name,
        _names(data.get("numerator", "")),
        _names(data.get("denominator", "")),
        Unit(unit),
        Day(day),
        data.get("note", ""),
    )
    _refuse_unknown(found)
    _refuse_other_days(found)
    _refuse_wrong_shape(found)
    return found


def value(unit: Unit, numerator: int, denominator: int) -> float | None:
    """What the figure is; None of a denominator of nothing. A time comes in seconds."""
    if unit is Unit.COUNT:
        return float(numerator)
    if not denominator:
        return None
    return numerator / denominator / (3600 if unit is Unit.HOURS else 1)


def summed(names: Iterable[str], counted: Mapping[str, int]) -> int:
    """The sum of these counters; what was not counted is nothing."""
    return sum(counted.get(name, 0) for name in names)


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("+") if part.strip())


def _refuse_unknown(found: Indicator) -> None:
    unknown = sorted(found.counters - COUNTERS.keys())
    if unknown:
        raise Invalid(
            _("没有“%(name)s”这个计数；可以用的有：%(known)s")
            % {"name": "、".join(unknown), "known": "、".join(COUNTERS)},
            field="numerator" if unknown[0] in found.numerator else "denominator",
        )


def _refuse_other_days(found: Indicator) -> None:
    for counter in _counters(found):
        if counter.day is not found.day:
            raise Invalid(
                _("“%(name)s”按%(its)s计数，这个指标按%(day)s；一个指标只能按一种日子")
                % {"name": counter.name, "its": DAYS[counter.day], "day": DAYS[found.day]},
                field="day",
            )


def _refuse_wrong_shape(found: Indicator) -> None:
    if not found.numerator:
        raise Invalid(_("numerator 要写至少一个计数"), field="numerator")
    if (found.unit is Unit.COUNT) == bool(found.denominator):
        raise Invalid(_("件数不写 denominator，占比和小时要写"), field="denominator")
    if any(len(set(side)) < len(side) for side in (found.numerator, found.denominator)):
        raise Invalid(_("同一个计数只写一次"), field="numerator")
    timed = [COUNTERS[name].hours is not None for name in found.numerator]
    if any(timed) is not all(timed) or any(timed) is not (found.unit is Unit.HOURS):
        raise Invalid(_("小时的 numerator 只写时间，别的指标不写时间"), field="numerator")
    if any(COUNTERS[name].hours for name in found.denominator):
        raise Invalid(_("denominator 不能是时间"), field="denominator")


def _counters(found: Indicator) -> list[Counter]:
    return [COUNTERS[name] for name in (*found.numerator, *found.denominator)]


def _terms(names: tuple[str, ...], said: Callable[[str], str]) -> list[str]:
    return [said(str(COUNTERS[name].words)) for name in names]


def _bracketed(terms: list[str]) -> str:
    """A side of a division; a sum in brackets, in square ones around terms that have round ones."""
    whole = " + ".join(terms)
    if len(terms) == 1:
        return whole
    return f"［{whole}］" if "（" in whole else f"（{whole}）"


def _without_exceptions(words: str) -> str:
    return _EXCEPTIONS.sub("", words)
