"""What a closing unit leads and assists by list and by rule goes to its successor."""

from django.db import transaction

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties.models import Duty, Route, RouteAssist, RouteState
from gezhi.records.duties.queries import routes_of_unit, valid_on
from gezhi.records.units.models import Unit


@transaction.atomic
def hand_over(unit: Unit, successor: Unit, *, by: Viewer) -> int:
    """End what a closing unit leads and let the successor lead it from today; how many rows.

    For `work.handover` only. Where the unit assists, the successor assists instead.
    """
    today = clock.today()
    led = list(valid_on(Duty.objects.filter(lead_unit=unit), today).select_related("area"))
    for duty in led:
        assisting = [row for row in duty.assist_units.all() if row.pk != successor.pk]
        duty.valid_to = max(today, duty.valid_from)
        duty.save(update_fields=["valid_to"])
        heir = Duty.objects.create(
            district_id=duty.district_id,
            class_code=duty.class_code,
            name=duty.name,
            area=duty.area,
            list_kind=duty.list_kind,
            lead_unit=successor,
            legal_basis=duty.legal_basis,
            valid_from=today,
        )
        heir.assist_units.set(assisting)
    for duty in valid_on(Duty.objects.filter(assist_units=unit), today):
        duty.assist_units.remove(unit)
        if duty.lead_unit_id != successor.pk:
            duty.assist_units.add(successor)
    audit.record(
        by=by,
        verb="duties.hand_over",
        subject_kind="unit",
        subject_id=unit.pk,
        detail={"successor": successor.pk, "duties": len(led)},
    )
    return len(led)


@transaction.atomic
def hand_over_routes(unit: Unit, successor: Unit, *, by: Viewer) -> int:
    """Let the successor stand in every routing rule where a closing unit stood; how many rules.

    For `work.handover` only, after `hand_over`. A rule in force ends today and another begins; a
    draft is written anew.
    """
    routes = routes_of_unit(unit.pk)
    for route in routes:
        _give(route, unit, successor, by)
    audit.record(
        by=by,
        verb="duties.hand_over_routes",
        subject_kind="unit",
        subject_id=unit.pk,
        detail={"successor": successor.pk, "routes": len(routes)},
    )
    return len(routes)


def _give(route: Route, unit: Unit, successor: Unit, by: Viewer) -> None:
    lead = successor if route.lead_unit_id == unit.pk else route.lead_unit
    assists = {
        successor.pk if one.unit_id == unit.pk else one.unit_id: one.waits
        for one in route.assists.all()
    }
    assists.pop(lead.pk, None)
    if route.state == RouteState.IN_FORCE:
        route = _again(route, by)
    route.lead_unit = lead
    route.duty = _standing(route.duty)
    route.save()
    route.assists.all().delete()
    RouteAssist.objects.bulk_create(
        RouteAssist(route=route, unit_id=pk, waits=waits) for pk, waits in assists.items()
    )


def _again(route: Route, by: Viewer) -> Route:
    """The same rule as a new row from today (its own day, if that is to come); the old one ends."""
    today, now = clock.today(), clock.now()
    heir = Route.objects.get(pk=route.pk)
    heir.pk = new_id()
    heir._state.adding = True
    heir.valid_from = max(today, route.valid_from)
    heir.replaces, heir.enacted_by, heir.enacted_at = route, by.user_id, now
    heir.save()
    # A draft that was to replace the old one replaces what stands for it now.
    Route.objects.filter(replaces=route, state=RouteState.DRAFT).update(replaces=heir)
    route.valid_to, route.state = max(today, route.valid_from), RouteState.ENDED
    route.ended_by, route.ended_at = by.user_id, now
    route.save(update_fields=["valid_to", "state", "ended_by", "ended_at"])
    return heir


def _standing(duty: Duty | None) -> Duty | None:
    """The row of the list that stands for this one today: another, where it was handed over."""
    if duty is None or duty.valid_to is None or duty.valid_to > clock.today():
        return duty
    same = Duty.objects.filter(
        class_code=duty.class_code, area_id=duty.area_id, list_kind=duty.list_kind
    )
    return valid_on(same, clock.today()).first() or duty
