"""Verbs of units. Closing one is `work.handover.close_unit`: a unit may not close while it holds."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.pinyin import sort_key
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places.models import Area
from gezhi.records.units import rules
from gezhi.records.units.models import Unit, UnitKind
from gezhi.records.units.queries import centre_of, descendants


@transaction.atomic
def open_unit(
    *,
    name: str,
    kind: str,
    area_id: int,
    by: Viewer,
    parent: Unit | None = None,
    short_name: str = "",
    public_phone: str = "",
    address: str = "",
    hours: Sequence[Sequence[str]] | None = None,
) -> Unit:
    """Open a unit that can hold work; without a parent it stands below the centre of its street.

    A street centre belongs to a street (or the whole district), a community office to a community.
    Refuses (Invalid) an unknown kind, an area of another level, a parent that is closed; Conflict
    when an open unit has this name or this area already has such a centre or office.
    """
    require(by, Right.SET_UP)
    area = Area.objects.filter(pk=area_id).first()
    if area is None:
        raise Invalid(_("请选择所在区域"), field="area")
    require_district(by, area.district_id)
    _check_kind(kind, area)
    unit = Unit(
        district_id=area.district_id,
        kind=kind,
        area=area,
        opened_at=clock.now(),
        hours=rules.valid_spans(hours if hours is not None else rules.OFFICE_HOURS),
    )
    _describe(unit, name, short_name, public_phone, address)
    if kind != UnitKind.STREET_CENTRE:
        street_id = area.pk if area.level == Level.STREET else area.street_id
        parent = parent or centre_of(area.district_id, street_id)
    unit.parent = _checked_parent(unit, parent)
    _save(unit)
    audit.record(
        by=by,
        verb="units.open",
        subject_kind="unit",
        subject_id=unit.pk,
        detail={"kind": kind, "area": area.pk},
    )
    return unit


@transaction.atomic
def update_unit(
    *,
    unit: Unit,
    by: Viewer,
    name: str | None = None,
    short_name: str | None = None,
    public_phone: str | None = None,
    address: str | None = None,
    hours: Sequence[Sequence[str]] | None = None,
    parent: Unit | None = None,
) -> Unit:
    """Change what is given of an open unit; the rest stays. Kind and area never change.

    Refuses a closed unit (Conflict), a parent below itself (Invalid). New hours count for the
    limits set from now on: due times that run are not moved.
    """
    require(by, Right.SET_UP)
    require_district(by, unit.district_id)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if not unit.is_open:
        raise Conflict(_("这个单位已经撤并，不能再改"))
    _describe(
        unit,
        unit.name if name is None else name,
        unit.short_name if short_name is None else short_name,
        unit.public_phone if public_phone is None else public_phone,
        unit.address if address is None else address,
    )
    if hours is not None:
        unit.hours = rules.valid_spans(hours)
    if parent is not None:
        unit.parent = _checked_parent(unit, parent)
    _save(unit)
    audit.record(by=by, verb="units.update", subject_kind="unit", subject_id=unit.pk)
    return unit


@transaction.atomic
def mark_closed(unit: Unit, successor: Unit, *, by: Viewer) -> Unit:
    """Close a unit in favor of its successor; for `handover.close_unit` only, which empties it.

    Units lifted to it are lifted to the successor from now on.
    """
    unit.closed_at = clock.now()
    unit.successor = successor
    unit.save(update_fields=["closed_at", "successor"])
    Unit.objects.filter(parent=unit).exclude(pk=successor.pk).update(parent=successor)
    audit.record(
        by=by,
        verb="units.close",
        subject_kind="unit",
        subject_id=unit.pk,
        detail={"successor": successor.pk},
    )
    return unit


def _check_kind(kind: str, area: Area) -> None:
    if kind not in UnitKind.values:
        raise Invalid(_("请选择单位类别"), field="kind")
    wanted = {
        UnitKind.STREET_CENTRE.value: ({Level.DISTRICT, Level.STREET}, _("街道网格中心属于街道")),
        UnitKind.COMMUNITY_OFFICE.value: ({Level.COMMUNITY}, _("社区居委会属于社区")),
    }.get(kind)
    if wanted is None:
        return
    levels, sentence = wanted
    if area.level not in levels:
        raise Invalid(sentence, field="area")
    if Unit.objects.filter(kind=kind, area=area, closed_at=None).exists():
        raise Conflict(_("这个区域已经有一个同类的单位"), "unit_exists", "area")


def _checked_parent(unit: Unit, parent: Unit | None) -> Unit | None:
    if parent is None:
        return None
    if not parent.is_open or parent.district_id != unit.district_id:
        raise Invalid(_("上级单位已经撤并，请另选一个"), field="parent")
    if parent.pk in descendants(unit):
        raise Invalid(_("上级单位不能是自己或自己的下级"), field="parent")
    return parent


def _describe(unit: Unit, name: str, short_name: str, public_phone: str, address: str) -> None:
    unit.name = rules.unit_name(name)
    unit.short_name = short_name and rules.unit_name(short_name, field="short_name", most=20)
    unit.public_phone = rules.public_phone(public_phone)
    unit.address = words.line(address, field="address", most=100)
    unit.pinyin = sort_key(unit.name, limit=200)


def _save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Conflict(_("已经有一个同名的单位"), "name_taken", "name") from error
