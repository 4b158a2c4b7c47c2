"""Verbs of the duty list. Rows are never changed: a new one begins when the old one ends."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import rules
from gezhi.records.duties.models import Duty, ListKind
from gezhi.records.duties.queries import valid_on
from gezhi.records.places.models import Area
from gezhi.records.units.models import Unit


@transaction.atomic
def add_duty(
    *,
    class_code: str,
    name: str,
    area_id: int,
    list_kind: str,
    lead_unit: Unit,
    by: Viewer,
    assist_units: Sequence[Unit] = (),
    legal_basis: str = "",
    valid_from: date | None = None,
) -> Duty:
    """Add one row to the duty list, in force from a day on (today unless said).

    Refuses a closed lead or assisting unit (Conflict), a lead that also assists, an unknown list
    or a unit of another district (Invalid), and a second row for the same class, area and list
    that is in force on that day or begins later (Conflict): from then on two would hold.
    """
    require(by, Right.SET_UP)
    # Two at once wait for each other here.
    area = Area.objects.select_for_update(of=("self",)).filter(pk=area_id).first()
    if area is None:
        raise Invalid(_("请选择这条权责适用的区域"), field="area")
    require_district(by, area.district_id)
    begins = valid_from or clock.today()
    plain_code = "".join(words.line(class_code).split())
    if list_kind not in ListKind.values:
        raise Invalid(_("请选择清单类别"), field="list_kind")
    if not plain_code or len(plain_code) > 40:
        raise Invalid(_("请填写事项类别代码"), field="class_code")
    plain_name = rules.duty_name(name)
    _check_units(area.district_id, lead_unit, assist_units)
    same = Duty.objects.filter(area=area, class_code=plain_code, list_kind=list_kind)
    if valid_on(same, begins).exists():
        raise Conflict(_("同一类别在这个区域已有一条有效的权责，请先结束它"), "duty_exists")
    later = same.filter(valid_from__gt=begins).exclude(valid_to=F("valid_from")).first()
    if later is not None:
        raise Conflict(
            _("同一类别在这个区域已定了一条从 %(day)s 起的，两条会打架：请先结束那一条")
            % {"day": later.valid_from.isoformat()},
            "duty_exists",
        )
    duty = Duty.objects.create(
        district_id=area.district_id,
        class_code=plain_code,
        name=plain_name,
        area=area,
        list_kind=list_kind,
        lead_unit=lead_unit,
        legal_basis=rules.legal_basis(legal_basis),
        valid_from=begins,
    )
    duty.assist_units.set(assist_units)
    audit.record(
        by=by,
        verb="duties.add",
        subject_kind="duty",
        subject_id=duty.pk,
        detail={"class": plain_code, "area": area.pk, "lead": lead_unit.pk},
    )
    return duty


@transaction.atomic
def end_duty(*, duty: Duty, by: Viewer, valid_to: date | None = None) -> Duty:
    """End a duty: from `valid_to` on (today unless said) it does not count any more."""
    require(by, Right.SET_UP)
    require_district(by, duty.district_id)
    ends = valid_to or clock.today()
    if duty.valid_to is not None and duty.valid_to <= ends:
        raise Conflict(_("这条权责已经结束"))
    duty.valid_to = max(ends, duty.valid_from)
    duty.save(update_fields=["valid_to"])
    audit.record(by=by, verb="duties.end", subject_kind="duty", subject_id=duty.pk)
    return duty


def _check_units(district_id: int, lead: Unit, assisting: Sequence[Unit]) -> None:
    for unit in (lead, *assisting):
        if unit.district_id != district_id:
            raise Invalid(_("单位不在本区"), field="lead_unit")
        if not unit.is_open:
            raise Conflict(_("单位已经撤并，请另选一个"), field="lead_unit")
    if lead.pk in {unit.pk for unit in assisting}:
        raise Invalid(_("主办单位不能同时是配合单位"), field="assist_units")
