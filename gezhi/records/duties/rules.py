"""Which families a class belongs to, which area is narrower, which rule fits a case; pure."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from gezhi.kernel import names, words
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Level

# Smaller is narrower: a grid's own duty goes before its street's.
NARROWNESS = {
    Level.MICROGRID: 0,
    Level.GRID: 1,
    Level.COMMUNITY: 2,
    Level.STREET: 3,
    Level.DISTRICT: 4,
}


def duty_name(text: str) -> str:
    """What a duty is called; refuses what `kernel.names` does, and over 100 signs."""
    return names.valid(text, most=100, empty=_("请填写事项名称，不超过 100 个字"))


def route_name(text: str) -> str:
    """What a routing rule is called; refuses what `kernel.names` does, and over 60 signs."""
    return names.valid(text, most=60, empty=_("请给规则起个名字，例如“占道经营归执法队”"))


def legal_basis(text: str) -> str:
    """The law or list a duty rests on, on one line; Invalid over 300 signs."""
    return words.line(text, field="legal_basis", most=300)


def families(class_code: str, parents: Sequence[str] = ()) -> list[str]:
    """The class and the families it stands in, most specific first.

    Parents named by the pack come before mere beginnings of the code; a family may be written
    either way in a duty list (GB/T 30428.2 codes are hierarchical: 大类, 小类).
    """
    found = [class_code, *(parent for parent in parents if parent != class_code)]
    for length in range(len(class_code) - 1, 0, -1):
        beginning = class_code[:length].rstrip("-._")
        if beginning and beginning not in found:
            found.append(beginning)
    return found


@dataclass(frozen=True, slots=True)
class Condition:
    """What a routing rule names: a class, an area, the level that sends, times, an urgency.

    `classes` are the class with its families and `areas` the area with those it lies in: what a
    rule must name to hold for all of it. The names are for its words only.
    """

    class_code: str = ""
    classes: tuple[str, ...] = ()
    area_id: int = 0
    area_level: str = Level.DISTRICT
    areas: frozenset[int] = frozenset()
    held: str = ""
    hours: str = ""
    opens: int = 540
    closes: int = 1020
    weekdays: str = ""
    season_from: str = ""
    season_to: str = ""
    urgency: str = ""
    class_name: str = field(default="", compare=False)
    area_name: str = field(default="", compare=False)
    urgency_name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A routing rule as data: its place in the order, its condition, its lead, its days."""

    id: int
    name: str
    order: int
    condition: Condition
    lead_unit_id: int
    valid_from: date
    valid_to: date | None = None

    @property
    def place(self) -> tuple[int, int]:
        """The smaller is asked first; of one order the older."""
        return self.order, self.id


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as the rules see it: its class with the families, its areas, how urgent, who sends it,
    on which day and minute of China, and whether that is a working day."""

    classes: tuple[str, ...]
    areas: frozenset[int]
    day: date
    minute: int
    is_working: bool
    urgency: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rule that fits first, and the one that would have come next."""

    rule: Rule
    next: Rule | None


class RuleBook:
    """Rules in their order, asked about one case after another; what does not depend on the hour is
    sorted out once a kind of case."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.place)
        self._fitting: dict[Hashable, list[Rule]] = {}

    def first(self, asked: Asked) -> Chosen | None:
        """The first rule by order that fits; None where none does."""
        kind = (asked.classes, asked.areas, asked.urgency, asked.held)
        fitting = self._fitting.get(kind)
        if fitting is None:
            fitting = [rule for rule in self._rules if _names(rule.condition, asked)]
            self._fitting[kind] = fitting
        now = (
            rule for rule in fitting if _in_force(rule, asked.day) and _at(rule.condition, asked)
        )
        first = next(now, None)
        return Chosen(first, next(now, None)) if first is not None else None


def choose(rules: Iterable[Rule], asked: Asked) -> Chosen | None:
    """The first rule by order that fits a case; None where none does."""
    return RuleBook(rules).first(asked)


def _names(one: Condition, asked: Asked) -> bool:
    return (
        one.class_code in ("", *asked.classes)
        and (one.area_level == Level.DISTRICT or one.area_id in asked.areas)
        and one.urgency in ("", asked.urgency)
        and one.held in ("", asked.held)
    )


def _in_force(rule: Rule, day: date) -> bool:
    return rule.valid_from <= day and (rule.valid_to is None or day < rule.valid_to)


def _at(one: Condition, asked: Asked) -> bool:
    if one.weekdays and str(asked.day.isoweekday()) not in one.weekdays:
        return False
    if one.season_from and f"{asked.day:%m%d}" not in season(one.season_from, one.season_to):
        return False
    within = asked.is_working and one.opens <= asked.minute < one.closes
    return one.hours == "" or within == (one.hours == "working")


def contradict(one: Rule, other: Rule) -> bool:
    """Whether two rules of the same order could both fit a case and name different leads."""
    return (
        one.order == other.order
        and one.lead_unit_id != other.lead_unit_id
        and _days_meet(one, other)
        and _meet(one.condition, other.condition)
    )


def shadowed_by(rule: Rule, others: Iterable[Rule]) -> Rule | None:
    """The rule above that always fits when this one would, so that it never comes to fire."""
    above = (other for other in others if other.place < rule.place)
    return next(
        (
            other
            for other in above
            if other.valid_from <= rule.valid_from
            and (other.valid_to is None or (rule.valid_to and rule.valid_to <= other.valid_to))
            and _covers(other.condition, rule.condition)
        ),
        None,
    )


def _days_meet(one: Rule, other: Rule) -> bool:
    def begins_before_end(begun: Rule, ending: Rule) -> bool:
        return ending.valid_to is None or begun.valid_from < ending.valid_to

    return begins_before_end(one, other) and begins_before_end(other, one)


def _holds_class(one: Condition, other: Condition) -> bool:
    return one.class_code in ("", *other.classes)


def _holds_area(one: Condition, other: Condition) -> bool:
    return one.area_level == Level.DISTRICT or one.area_id in other.areas


def _covers(one: Condition, other: Condition) -> bool:
    """Whether `one` fits whatever `other` fits."""
    return (
        _holds_class(one, other)
        and _holds_area(one, other)
        and one.held in ("", other.held)
        and one.urgency in ("", other.urgency)
        and (one.hours == "" or (one.hours == other.hours and _span_holds(one, other)))
        and set(_weekdays(other)) <= set(_weekdays(one))
        and (not one.season_from or _season(other) <= _season(one))
    )


def _span_holds(one: Condition, other: Condition) -> bool:
    wide, narrow = (one, other) if one.hours == "working" else (other, one)
    return wide.opens <= narrow.opens and narrow.closes <= wide.closes


def _meet(one: Condition, other: Condition) -> bool:
    """Whether some case fits both."""
    return (
        (_holds_class(one, other) or _holds_class(other, one))
        and (_holds_area(one, other) or _holds_area(other, one))
        and (one.held == other.held or "" in (one.held, other.held))
        and (one.urgency == other.urgency or "" in (one.urgency, other.urgency))
        and bool(set(_weekdays(one)) & set(_weekdays(other)))
        and bool(_season(one) & _season(other))
        and _hours_meet(one, other)
    )


def _hours_meet(one: Condition, other: Condition) -> bool:
    if "" in (one.hours, other.hours) or one.hours == other.hours == "off":
        return True
    if one.hours == other.hours:
        return max(one.opens, other.opens) < min(one.closes, other.closes)
    inside, outside = (one, other) if one.hours == "working" else (other, one)
    return not (outside.opens <= inside.opens and inside.closes <= outside.closes)


def _weekdays(one: Condition) -> str:
    return one.weekdays or "1234567"


def _season(one: Condition) -> frozenset[str]:
    return season(one.season_from, one.season_to)


@cache
def season(first: str, last: str) -> frozenset[str]:
    """The days of the year (0501) from the first to the last, both counted, over New Year too; every
    day where none is named."""
    days = [f"{month:02}{day:02}" for month in range(1, 13) for day in range(1, _DAYS[month] + 1)]
    if not first or not last:
        return frozenset(days)
    if first <= last:
        return frozenset(day for day in days if first <= day <= last)
    return frozenset(day for day in days if day >= first or day <= last)


def valid_season(first: str, last: str) -> tuple[str, str]:
    """Both ends of a season as 0501, or two empty ones; Invalid for half a season or no such day."""
    if not first and not last:
        return "", ""
    if not first or not last:
        raise Invalid(_("季节要写从哪天到哪天，两个都填；不分季节就都空着"), field="season_from")
    every = season("", "")
    for name, text in (("season_from", first), ("season_to", last)):
        if text not in every:
            raise Invalid(_("没有这一天，写成 05-01（几月-几日）"), field=name)
    return first, last


_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
