"""Routing rules put in force and ended."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties.actions.drafting import check_units
from gezhi.records.duties.models import Route, RouteState
from gezhi.records.duties.queries.routes import from_today, rule_of
from gezhi.records.duties.rules import Rule, contradict
from gezhi.records.places.models import District
from gezhi.records.units.models import Unit


@transaction.atomic
def enact_routes(*, route_ids: Iterable[int], by: Viewer) -> list[Route]:
    """Put drafts in force together, each from its day on (today at the earliest); what they replace
    ends on that day.

    All or none. Refuses (Conflict) what is a draft no more, a closed unit, a rule to be replaced
    that has ended meanwhile, and two rules of the same order that may fit the same case with
    different leads, both by name.
    """
    require(by, Right.SET_UP)
    drafts = _locked(by, set(route_ids))
    units = _locked_units(drafts)
    today, now = clock.today(), clock.now()
    for row in drafts:
        assisting = [units[one.unit_id] for one in row.assists.all()]
        try:
            check_units(row.district_id, units[row.lead_unit_id], assisting)
        except (Conflict, Invalid) as refusal:
            said = _("“%(name)s”不能生效：%(why)s") % {"name": row.name, "why": refusal.message}
            raise Conflict(said, refusal.code) from refusal
        row.valid_from = max(row.valid_from, today)
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            said = _("“%(name)s”到今天已经过期，请改“到哪天止”") % {"name": row.name}
            raise Conflict(said)
    _refuse_contradictions(drafts)
    for row in drafts:
        if row.replaces is not None:
            _end(row.replaces, row.valid_from, by)
        row.state, row.enacted_by, row.enacted_at = RouteState.IN_FORCE, by.user_id, now
        row.save(update_fields=["state", "enacted_by", "enacted_at", "valid_from"])
        detail = {"lead": row.lead_unit_id, "replaces": row.replaces_id}
        audit.record(
            by=by,
            verb="duties.enact_route",
            subject_kind="route",
            subject_id=row.pk,
            detail=detail,
        )
    return drafts


@transaction.atomic
def end_route(*, route: Route, by: Viewer, valid_to: date | None = None) -> Route:
    """End a rule: from `valid_to` on (today unless said) it fits no case; refuses (Conflict) one
    that is not in force."""
    require(by, Right.SET_UP)
    require_district(by, route.district_id)
    row = Route.objects.select_for_update().get(pk=route.pk)
    if row.state != RouteState.IN_FORCE:
        raise Conflict(_("这条规则没有在生效，不用结束"))
    _end(row, valid_to or clock.today(), by)
    return row


def _end(row: Route, day: date, by: Viewer) -> None:
    """Let it end on a day; until then it is in force and only known to end."""
    row.valid_to = max(row.valid_from, min(day, row.valid_to) if row.valid_to else day)
    row.ended_by, row.ended_at = by.user_id, clock.now()
    if row.valid_to <= max(clock.today(), row.valid_from):
        row.state = RouteState.ENDED
    row.save(update_fields=["state", "valid_to", "ended_by", "ended_at"])
    audit.record(by=by, verb="duties.end_route", subject_kind="route", subject_id=row.pk)


def _locked(by: Viewer, route_ids: set[int]) -> list[Route]:
    """The drafts and what they replace, locked; and the district, so that no other rule that
    contradicts comes in force at the same moment."""
    first = Route.objects.filter(pk__in=route_ids).first()
    if first is None:
        raise Invalid(_("请先勾选要生效的草稿"))
    require_district(by, first.district_id)
    District.objects.select_for_update().get(pk=first.district_id)
    rows = Route.objects.select_for_update(of=("self",)).filter(
        pk__in=route_ids, district_id=first.district_id
    )
    drafts = list(rows.select_related("area", "lead_unit", "replaces").prefetch_related("assists"))
    if len(drafts) != len(route_ids) or any(row.state != RouteState.DRAFT for row in drafts):
        raise Conflict(_("有的草稿已经生效或删掉了，请重新打开这一页"))
    for row in drafts:
        if row.replaces is not None and row.replaces.state != RouteState.IN_FORCE:
            said = _("“%(name)s”要换下的规则已经结束：删掉这份草稿，另拟一条") % {"name": row.name}
            raise Conflict(said)
    return drafts


def _locked_units(drafts: Sequence[Route]) -> dict[int, Unit]:
    """The units they name as they are now: one that closes at this moment waits, or is seen."""
    ids = {row.lead_unit_id for row in drafts}
    ids |= {one.unit_id for row in drafts for one in row.assists.all()}
    rows = Unit.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}


def _refuse_contradictions(drafts: Sequence[Route]) -> None:
    new = [from_today(rule_of(row)) for row in drafts]
    begins = {row.replaces_id: row.valid_from for row in drafts if row.replaces_id}
    standing = Route.objects.filter(
        district_id=drafts[0].district_id, state=RouteState.IN_FORCE
    ).select_related("area")
    before = [_until(from_today(rule_of(row)), begins.get(row.pk)) for row in standing]
    for place, rule in enumerate(new):
        for other in (*before, *new[place + 1 :]):
            if contradict(rule, other):
                said = _(
                    "“%(one)s”和“%(other)s”的先后一样（%(order)d），又会碰上同一件事，主办单位却不同：给其中一条换一个先后"
                ) % {"one": rule.name, "other": other.name, "order": rule.order}
                raise Conflict(said, "routes_contradict")


def _until(rule: Rule, day: date | None) -> Rule:
    """The rule as it will be once it is replaced on a day."""
    if day is None or (rule.valid_to is not None and rule.valid_to <= day):
        return rule
    return replace(rule, valid_to=day)
