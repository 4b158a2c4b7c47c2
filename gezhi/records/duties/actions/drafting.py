"""Drafts of routing rules: written, changed, dropped. What is in force is changed by a draft that
replaces it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.ground.codes.queries import term
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import rules
from gezhi.records.duties.models import Duty, Held, Hours, Route, RouteAssist, RouteState
from gezhi.records.places.models import Area
from gezhi.records.units.models import Unit

_MOST_ORDER = 99_999


@dataclass(frozen=True, slots=True)
class RouteWanted:
    """What a rule is to say; `assists` are units with whether the lead waits for each."""

    name: str
    order: int
    area_id: int
    lead_unit: Unit
    class_code: str = ""
    held: str = ""
    hours: str = ""
    opens: int = 540
    closes: int = 1020
    weekdays: str = ""
    season_from: str = ""
    season_to: str = ""
    urgency: str = ""
    assists: Sequence[tuple[Unit, bool]] = ()
    duty_id: int | None = None
    legal_basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def draft_route(*, wanted: RouteWanted, by: Viewer, replaces: Route | None = None) -> Route:
    """Write a rule down as a draft, which sends nothing before it is enacted.

    `replaces` is a rule in force that ends on the day the draft begins. Refuses (Invalid, at its
    field) what is not filled in right, a lead that also assists, an unknown class, area, duty or
    urgency; Conflict for a closed unit, and for a name another rule or draft has.
    """
    require(by, Right.SET_UP)
    area = _area(wanted.area_id)
    require_district(by, area.district_id)
    if replaces is not None and (
        replaces.state != RouteState.IN_FORCE or replaces.district_id != area.district_id
    ):
        raise Conflict(_("要换下的规则已经不在生效，请重新打开这一页"))
    row = Route(
        district_id=area.district_id,
        state=RouteState.DRAFT,
        replaces=replaces,
        made_by=by.user_id,
        made_at=clock.now(),
    )
    return _written(row, wanted, area, by, "duties.draft_route")


@transaction.atomic
def change_draft(*, route: Route, wanted: RouteWanted, by: Viewer) -> Route:
    """Write a draft anew; refuses what `draft_route` does, and (Conflict) what is a draft no more."""
    require(by, Right.SET_UP)
    require_district(by, route.district_id)
    row = _locked_draft(route)
    return _written(row, wanted, _area(wanted.area_id), by, "duties.change_draft")


@transaction.atomic
def drop_draft(*, route: Route, by: Viewer) -> None:
    """Throw a draft away; refuses (Conflict) what is a draft no more."""
    require(by, Right.SET_UP)
    require_district(by, route.district_id)
    row = _locked_draft(route)
    audit.record(by=by, verb="duties.drop_draft", subject_kind="route", subject_id=row.pk)
    row.delete()


def _locked_draft(route: Route) -> Route:
    row = Route.objects.select_for_update().filter(pk=route.pk).first()
    if row is None or row.state != RouteState.DRAFT:
        raise Conflict(_("这条已经不是草稿，生效的规则不能改：请另拟一条换下它"))
    return row


def _written(row: Route, wanted: RouteWanted, area: Area, by: Viewer, verb: str) -> Route:
    if area.district_id != row.district_id:
        raise Invalid(_("请选择这条规则适用的区域"), field="area")
    row.area = area
    row.name = rules.route_name(wanted.name)
    row.order = _order(wanted.order)
    row.class_code = _class(wanted.class_code)
    _write_times(row, wanted)
    if wanted.held not in Held.values:
        raise Invalid(_("请选择派单层级"), field="held")
    if wanted.urgency and term("urgency", wanted.urgency) is None:
        raise Invalid(_("没有这种紧急程度，请重新选择"), field="urgency")
    row.held, row.urgency = wanted.held, wanted.urgency
    check_units(row.district_id, wanted.lead_unit, [unit for unit, _waits in wanted.assists])
    row.lead_unit = wanted.lead_unit
    row.duty = _duty(row.district_id, wanted.duty_id)
    row.legal_basis = rules.legal_basis(wanted.legal_basis)
    row.valid_from = wanted.valid_from or clock.today()
    row.valid_to = wanted.valid_to
    if row.valid_to is not None and row.valid_to <= max(row.valid_from, clock.today()):
        raise Invalid(_("“到哪天止”要在开始那天和今天以后；一直有效就空着"), field="valid_to")
    _refuse_taken(row)
    row.save()
    row.assists.all().delete()
    RouteAssist.objects.bulk_create(
        RouteAssist(route=row, unit=unit, waits=waits) for unit, waits in wanted.assists
    )
    audit.record(
        by=by,
        verb=verb,
        subject_kind="route",
        subject_id=row.pk,
        detail={"class": row.class_code, "area": area.pk, "lead": row.lead_unit_id},
    )
    return row


def _area(area_id: int) -> Area:
    area = Area.objects.filter(pk=area_id).first()
    if area is None:
        raise Invalid(_("请选择这条规则适用的区域"), field="area")
    return area


def _order(order: int) -> int:
    if not 1 <= order <= _MOST_ORDER:
        raise Invalid(_("先后写 1 到 99999 的数，小的先用"), field="order")
    return order


def _class(code: str) -> str:
    if code and term("matters", code) is None:
        raise Invalid(_("没有这个类别，请重新选择；各类都算就选“各类事项”"), field="class_code")
    return code


def _write_times(row: Route, wanted: RouteWanted) -> None:
    if wanted.hours not in Hours.values:
        raise Invalid(_("请选择时间"), field="hours")
    if not 0 <= wanted.opens < wanted.closes <= 24 * 60:
        raise Invalid(_("时间写成 9:00 到 17:00，前一个要早"), field="closes")
    if set(wanted.weekdays) - set("1234567"):
        raise Invalid(_("请选择星期几"), field="weekdays")
    row.hours, row.opens, row.closes = wanted.hours, wanted.opens, wanted.closes
    days = "".join(sorted(set(wanted.weekdays)))
    row.weekdays = "" if len(days) == 7 else days
    row.season_from, row.season_to = rules.valid_season(wanted.season_from, wanted.season_to)


def _duty(district_id: int, duty_id: int | None) -> Duty | None:
    if duty_id is None:
        return None
    found = Duty.objects.filter(pk=duty_id, district_id=district_id).first()
    if found is None:
        raise Invalid(_("没有这条权责，请重新选择，或者把依据写在下面"), field="duty")
    return found


def _refuse_taken(row: Route) -> None:
    """A name is what people speak of: no two rules that live have the same, but for a draft and
    what it replaces."""
    same = Route.objects.filter(district_id=row.district_id, name=row.name)
    same = same.exclude(state=RouteState.ENDED).exclude(pk__in=[row.pk, row.replaces_id or 0])
    if same.exclude(valid_to__lte=clock.today(), state=RouteState.IN_FORCE).exists():
        raise Conflict(
            _("已有一条规则或草稿叫“%(name)s”，请换个名字") % {"name": row.name}, field="name"
        )


def check_units(district_id: int, lead: Unit, assisting: Sequence[Unit]) -> None:
    """Refuses a unit of another district or a closed one, a lead that also assists, and one unit
    named twice."""
    for unit in (lead, *assisting):
        field = "lead_unit" if unit.pk == lead.pk else "assist_units"
        if unit.district_id != district_id:
            raise Invalid(_("单位不在本区"), field=field)
        if not unit.is_open:
            said = _("“%(unit)s”已经撤并，请另选一个") % {"unit": unit.name}
            raise Conflict(said, "unit_closed", field=field)
    ids = [unit.pk for unit in assisting]
    if lead.pk in ids:
        raise Invalid(_("主办单位不能同时是协办单位，请去掉一个"), field="assist_units")
    if len(ids) != len(set(ids)):
        raise Invalid(_("同一个单位写了两次，请去掉一个"), field="assist_units")
