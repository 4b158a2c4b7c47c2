"""The routing rules as rows and as data: the list of the pages, those in force, those that never
come to fire."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from gezhi.ground.codes.queries import term, terms
from gezhi.kernel import clock, search
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import rules, sentences
from gezhi.records.duties.models import Route, RouteState
from gezhi.records.duties.queries.listed import families_of
from gezhi.records.duties.rules import Condition, Rule


def routes(viewer: Viewer) -> QuerySet[Route]:
    """All routing rules of the viewer's district in their order; staff may read all of them."""
    rows = Route.objects.select_related("area", "lead_unit", "duty").prefetch_related(
        "assists__unit"
    )
    if viewer.is_system:
        return rows
    if viewer.district_id is None or not viewer.seats:
        return rows.none()
    return rows.filter(district_id=viewer.district_id)


def found_routes(viewer: Viewer, words: str = "", *, show: str = "") -> QuerySet[Route]:
    """Rules that every word fits by name, class, area, unit or basis: those in force and to come, or
    the drafts (`show` "draft"), or what has ended ("ended"); any other word means the first."""
    kinds = _shown()
    rows = routes(viewer).filter(kinds.get(show, kinds[""]))
    if show == "ended":
        rows = rows.order_by("-valid_to", "-id")
    return search.every_word(rows, words, _fits)


def route_counts(viewer: Viewer, words: str = "") -> dict[str, int]:
    """How long each of the lists of `found_routes` is, by `show`; one query."""
    rows = search.every_word(routes(viewer), words, _fits)
    shown = {show or "live": Count("pk", filter=kind) for show, kind in _shown().items()}
    counted = rows.order_by().aggregate(**shown)
    return {show: counted[show or "live"] for show in _shown()}


def _shown() -> dict[str, Q]:
    """Which rules each list holds."""
    today = clock.today()
    over = Q(state=RouteState.IN_FORCE, valid_to__lte=today)
    lasting = Q(valid_to=None) | Q(valid_to__gt=today)
    return {
        "": Q(state=RouteState.IN_FORCE) & lasting,
        "draft": Q(state=RouteState.DRAFT),
        "ended": Q(state=RouteState.ENDED) | over,
    }


def _fits(word: str) -> Q:
    classes = [row.code for row in terms("matters") if word in row.name]
    return search.holds(word, "name", "area__name", "lead_unit__name", "legal_basis") | Q(
        class_code__in=classes
    )


def route(viewer: Viewer, route_id: int) -> Route:
    """One rule the system administrator may change; Unseen otherwise."""
    found = routes(viewer).filter(pk=route_id).first()
    if found is None or not (viewer.is_system or viewer.may(Right.SET_UP)):
        raise Unseen("")
    return found


def routes_of_unit(unit_id: int, day: date | None = None) -> list[Route]:
    """Live rules, drafts too, that name a unit as lead or as assisting."""
    named = Q(lead_unit_id=unit_id) | Q(assists__unit_id=unit_id)
    live = Q(valid_to=None) | Q(valid_to__gt=day or clock.today())
    rows = Route.objects.filter(named, live).exclude(state=RouteState.ENDED).distinct()
    return list(rows.select_related("area", "lead_unit").prefetch_related("assists"))


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A rule as the pages show it: the row, what it says in one sentence, in two halves."""

    route: Route
    condition: str
    outcome: str
    basis: str
    state: str
    """draft, coming (in force on a day to come), in_force or ended."""


def route_lines(rows: Iterable[Route]) -> list[RouteLine]:
    """The rules with their sentences."""
    return [_line(row) for row in rows]


def _line(row: Route) -> RouteLine:
    basis = row.legal_basis or (row.duty.legal_basis or row.duty.name if row.duty else "")
    assists = [(one.unit.name, one.waits) for one in row.assists.all()]
    return RouteLine(
        row,
        sentences.condition_words(condition_of(row)),
        sentences.outcome_words(row.lead_unit.name, assists, ""),
        basis,
        _state(row),
    )


def _state(row: Route) -> str:
    today = clock.today()
    if row.state == RouteState.IN_FORCE and row.valid_from > today:
        return "coming"
    if row.state == RouteState.IN_FORCE and row.valid_to is not None and row.valid_to <= today:
        return "ended"
    return row.state


def condition_of(row: Route) -> Condition:
    """What a rule names, with the words for it; its area is read along."""
    class_term = term("matters", row.class_code) if row.class_code else None
    urgency = term("urgency", row.urgency) if row.urgency else None
    classes: Sequence[str] = ()
    if row.class_code:
        classes = families_of(row.class_code)
    areas = {row.area_id, row.area.community_id, row.area.street_id}
    return Condition(
        class_code=row.class_code,
        classes=tuple(classes),
        area_id=row.area_id,
        area_level=row.area.level,
        areas=frozenset(area for area in areas if area is not None),
        held=row.held,
        hours=row.hours,
        opens=row.opens,
        closes=row.closes,
        weekdays=row.weekdays,
        season_from=row.season_from,
        season_to=row.season_to,
        urgency=row.urgency,
        class_name=class_term.label if class_term else row.class_code,
        area_name=row.area.short_name or row.area.name,
        urgency_name=urgency.label if urgency else row.urgency,
    )


def rule_of(row: Route) -> Rule:
    """A row as the rule it is."""
    return Rule(
        id=row.pk,
        name=row.name,
        order=row.order,
        condition=condition_of(row),
        lead_unit_id=row.lead_unit_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def rules_in_force(district_id: int, *, but: Iterable[int] = ()) -> tuple[Rule, ...]:
    """The rules in force today or on a day to come, without those of these ids; none led by a
    closed unit."""
    rows = Route.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=clock.today()),
        district_id=district_id,
        state=RouteState.IN_FORCE,
        lead_unit__closed_at=None,
    ).exclude(pk__in=list(but))
    return tuple(rule_of(row) for row in rows.select_related("area"))


def rules_of(viewer: Viewer, route_ids: Iterable[int]) -> tuple[Rule, ...]:
    """Rules of the viewer's district by id, drafts too, in their order."""
    rows = routes(viewer).filter(pk__in=set(route_ids))
    return tuple(rule_of(row) for row in rows)


def never_firing(viewer: Viewer, drafts: Sequence[Route] = ()) -> dict[int, str]:
    """Ids of rules that never come to fire, as another above always does, with the name of that:
    of those in force, and of these drafts as if they were."""
    district_id = viewer.district_id or (drafts[0].district_id if drafts else 0)
    replaced = [row.replaces_id for row in drafts if row.replaces_id]
    every = [
        from_today(rule)
        for rule in (*rules_in_force(district_id, but=replaced), *map(rule_of, drafts))
    ]
    found = {rule.id: rules.shadowed_by(rule, every) for rule in every}
    return {pk: above.name for pk, above in found.items() if above is not None}


def from_today(rule: Rule) -> Rule:
    """The rule without the days that are over: a draft begins today at the earliest."""
    return replace(rule, valid_from=max(rule.valid_from, clock.today()))


def last_order(viewer: Viewer) -> int:
    """The greatest place in the order that a living rule or draft has; 0 without any."""
    rows = routes(viewer).exclude(state=RouteState.ENDED).order_by("-order")
    return rows.values_list("order", flat=True).first() or 0


def names_of_routes(route_ids: Iterable[int]) -> dict[int, str]:
    """Names of rules by id, ended ones too; staff may read them."""
    return dict(Route.objects.filter(pk__in=set(route_ids)).values_list("id", "name"))
