"""Who leads a case: by the first routing rule that fits, else by the duty list; and why."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, prepared
from gezhi.kernel.viewer import Level
from gezhi.records.duties import rules, sentences
from gezhi.records.duties.models import Duty, Held, Route, RouteAssist, RouteState
from gezhi.records.duties.queries.listed import (
    Lead,
    Located,
    duty_for,
    families_of,
    lead_among,
    leads_in,
)
from gezhi.records.duties.queries.routes import rule_of, rules_in_force
from gezhi.records.duties.rules import Asked, Chosen, Rule, RuleBook
from gezhi.records.units.models import Unit, UnitKind

_HELD = {UnitKind.STREET_CENTRE: Held.STREET, UnitKind.COMMUNITY_OFFICE: Held.COMMUNITY}


@dataclass(frozen=True, slots=True)
class Assisting:
    """A unit that assists, and whether the lead waits for it."""

    unit_id: int
    name: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Routing:
    """Who leads a case and who assists, by a rule (`route_id`) or by a row of the duty list alone.

    `because` is why, as a clause; `duty` the row it rests on, where there is one.
    """

    name: str
    lead_unit: Unit
    assists: tuple[Assisting, ...]
    because: str
    basis: str
    duty: Duty | None
    route_id: int | None = None
    order: int = 0
    words: str = ""

    @property
    def lead_unit_id(self) -> int:
        """The id of the unit that leads."""
        return self.lead_unit.pk

    @property
    def is_rule(self) -> bool:
        """Whether a routing rule says it."""
        return self.route_id is not None


def route_for(
    district_id: int,
    class_code: str,
    location: Located,
    at: datetime,
    urgency: str = "",
    *,
    held_by: int | None = None,
) -> Routing | None:
    """Who leads a case of a class at a place and moment, and why; None where nothing names anyone.

    The first rule in force by order that fits, else `duty_for`. `held_by` is the unit that sends:
    a rule for the street's or the community's own sending fits no case without it. A rule that
    names a closed unit never counts.
    """
    if not class_code:
        return None
    moment = clock.local(at)
    families = families_of(class_code)
    if rows := _candidates(district_id, families, location, moment.date()):
        held = level_of(held_by) if any(row.held for row in rows) else ""
        is_working = codes.calendar().is_working(moment.date())
        asked = _asked(families, location, moment, is_working, urgency, held)
        chosen = rules.choose(map(rule_of, rows), asked)
        if chosen is not None:
            return _by_rule(next(row for row in rows if row.pk == chosen.rule.id), chosen)
    duty = duty_for(district_id, class_code, location)
    return _by_duty(duty) if duty is not None else None


def _candidates(
    district_id: int, families: Sequence[str], location: Located, day: date
) -> list[Route]:
    areas = (location.grid_id, location.community_id, location.street_id)
    known = tuple(area for area in areas if area is not None)
    return prepared.ask(_in_force, district_id, known, tuple(map(prepared.Word, families)), day)


def _in_force(
    district_id: int, area_ids: Sequence[int], families: Sequence[str], day: date
) -> QuerySet[Route]:
    rows = Route.objects.filter(
        Q(area_id__in=area_ids) | Q(area__level=Level.DISTRICT),
        Q(class_code__in=families) | Q(class_code=""),
        Q(valid_to=None) | Q(valid_to__gt=day),
        district_id=district_id,
        state=RouteState.IN_FORCE,
        valid_from__lte=day,
        lead_unit__closed_at=None,
    )
    return rows.select_related("lead_unit", "area", "duty", "duty__area", "duty__lead_unit")


def level_of(unit_id: int | None) -> str:
    """At which level a unit stands that sends: street, community, "" for neither."""
    kind = Unit.objects.filter(pk=unit_id or 0).values_list("kind", flat=True).first()
    return _HELD[UnitKind(kind)].value if kind in _HELD else ""


def _asked(
    classes: Sequence[str],
    location: Located,
    moment: datetime,
    is_working: bool,
    urgency: str,
    held: str,
) -> Asked:
    areas = (location.grid_id, location.community_id, location.street_id)
    return Asked(
        classes=tuple(classes),
        areas=frozenset(area for area in areas if area is not None),
        day=moment.date(),
        minute=moment.hour * 60 + moment.minute,
        is_working=is_working,
        urgency=urgency,
        held=held,
    )


def _by_rule(row: Route, chosen: Chosen) -> Routing:
    assists = tuple(Assisting(*each) for each in prepared.ask(_assisting, row.pk))
    basis = row.legal_basis or (row.duty.legal_basis or row.duty.name if row.duty else "")
    outcome = sentences.outcome_words(
        row.lead_unit.name, [(one.name, one.waits) for one in assists], basis
    )
    return Routing(
        name=row.name,
        lead_unit=row.lead_unit,
        assists=assists,
        because=sentences.because(chosen),
        basis=basis,
        duty=row.duty,
        route_id=row.pk,
        order=row.order,
        words=f"{sentences.condition_words(chosen.rule.condition)} → {outcome}",
    )


def _assisting(route_id: int) -> QuerySet[RouteAssist, tuple[int, str, bool]]:
    rows = RouteAssist.objects.filter(route_id=route_id, unit__closed_at=None).order_by("id")
    return rows.values_list("unit_id", "unit__name", "waits")


def _by_duty(duty: Duty) -> Routing:
    return Routing(
        name=duty.name,
        lead_unit=duty.lead_unit,
        assists=tuple(Assisting(unit.pk, unit.name, False) for unit in duty.assist_units.all()),
        because=_("因为权责清单“%(name)s”由它牵头") % {"name": duty.name},
        basis=duty.legal_basis,
        duty=duty,
    )


class Routed(NamedTuple):
    """Who leads by a rule (`by` is "rule") or by the list ("duty"), with the id and name of it."""

    by: str
    id: int
    name: str
    lead_unit_id: int


class Router:
    """What `route_for` answers, for many cases: the rules and the list are read once.

    `rules` in place of those in force let it be tried what others would do; the list is today's.
    `asks_level`: whether any of them depends on who sends.
    """

    def __init__(
        self, district_id: int, street_id: int | None = None, rules: Iterable[Rule] | None = None
    ) -> None:
        found = rules_in_force(district_id) if rules is None else tuple(rules)
        self._book = RuleBook(found)
        self.asks_level = any(rule.condition.held for rule in found)
        self._leads: tuple[Lead, ...] = leads_in(district_id, street_id)
        self._calendar = codes.calendar()
        self._by_list: dict[Hashable, Routed | None] = {}
        self._working: dict[date, bool] = {}
        self._classes: dict[str, list[str]] = {}

    def of(
        self, class_code: str, location: Located, at: datetime, urgency: str = "", held: str = ""
    ) -> Routed | None:
        """Who leads one case; `held` is the level that sends (street, community), "" if unknown."""
        if not class_code:
            return None
        moment = clock.local(at)
        asked = _asked(
            self._families(class_code), location, moment, self._works(moment.date()), urgency, held
        )
        chosen = self._book.first(asked)
        if chosen is not None:
            rule = chosen.rule
            return Routed("rule", rule.id, rule.name, rule.lead_unit_id)
        return self._listed(class_code, location)

    def _families(self, class_code: str) -> list[str]:
        if class_code not in self._classes:
            self._classes[class_code] = families_of(class_code)
        return self._classes[class_code]

    def _works(self, day: date) -> bool:
        if day not in self._working:
            self._working[day] = self._calendar.is_working(day)
        return self._working[day]

    def _listed(self, class_code: str, location: Located) -> Routed | None:
        key = (class_code, location.grid_id, location.community_id, location.street_id)
        if key not in self._by_list:
            lead = lead_among(self._leads, class_code, location)
            self._by_list[key] = lead and Routed("duty", lead.pk, lead.name, lead.lead_unit_id)
        return self._by_list[key]
