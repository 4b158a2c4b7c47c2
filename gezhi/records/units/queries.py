"""Questions about units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import clock, prepared, search
from gezhi.kernel.errors import Conflict, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.workdays import OFFICE_HOURS, Calendar, Hours
from gezhi.records.units.models import Unit, UnitKind


def open_units(viewer: Viewer, district_id: int) -> QuerySet[Unit]:
    """Units of the district that can hold work now, by pinyin; none of another district."""
    if not viewer.is_system and viewer.district_id != district_id:
        return Unit.objects.none()
    return Unit.objects.filter(district_id=district_id, closed_at=None)


def units_by_word(viewer: Viewer, district_id: int) -> dict[str, Unit]:
    """`open_units` by what a list may call them: a whole name goes before another's short one."""
    units = list(open_units(viewer, district_id))
    found: dict[str, Unit] = {}
    for unit in units:
        if unit.short_name:
            found.setdefault(unit.short_name, unit)
    return found | {unit.name: unit for unit in units}


def all_units(viewer: Viewer, words: str = "") -> QuerySet[Unit]:
    """Units of the viewer's district, closed ones too, open ones first; those that every word fits
    by name, short name, pinyin, area, kind, phone or address."""
    rows = Unit.objects.select_related("area", "parent", "successor")
    if not viewer.is_system:
        rows = rows.filter(district_id=viewer.district_id or 0)
    rows = search.every_word(rows, words, _fits)
    return rows.order_by(F("closed_at").asc(nulls_first=True), "pinyin", "id")


def _fits(word: str) -> Q:
    kinds = [kind.value for kind in UnitKind if word in kind.label]
    said = search.holds(word, "name", "short_name", "area__name", "public_phone", "address")
    said |= Q(kind__in=kinds)
    return said | Q(pinyin__istartswith=word) if word.isascii() else said


def get(viewer: Viewer, unit_id: int) -> Unit:
    """One unit of the viewer's district, open or closed; Unseen otherwise.

    What a unit is called, where it is and when it is open is public within its district.
    """
    unit = Unit.objects.select_related("area", "parent").filter(pk=unit_id).first()
    if unit is None or not (viewer.is_system or viewer.district_id == unit.district_id):
        raise Unseen("")
    return unit


def centre_of(district_id: int, street_id: int | None) -> Unit:
    """The last holder: the open centre of the street, else the oldest open centre of the district.

    Raises Conflict when the district has no centre at all: nothing may be taken in then.
    """
    first = None
    for centre in prepared.ask(_centres, district_id):
        if centre.area_id == street_id:
            return centre
        first = first or centre
    if first is None:
        raise Conflict(_("还没有街道网格中心，请系统管理员先在“单位”里建立一个"), "no_centre")
    return first


def office_of(community_id: int) -> Unit | None:
    """The open community office of a community, or None."""
    return next(iter(prepared.ask(_offices, community_id)), None)


def _offices(community_id: int) -> QuerySet[Unit]:
    rows = Unit.objects.filter(area_id=community_id, kind=UnitKind.COMMUNITY_OFFICE, closed_at=None)
    return rows.order_by("opened_at", "id")[:1]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A unit with the phone it made public."""

    name: str
    phone: str


def public_lines(district_id: int) -> tuple[PublicLine, ...]:
    """The public phones of the street centres, then of the community offices, by code of the area."""
    rows = (
        Unit.objects.filter(
            district_id=district_id,
            closed_at=None,
            kind__in=(UnitKind.STREET_CENTRE, UnitKind.COMMUNITY_OFFICE),
        )
        .exclude(public_phone="")
        .order_by(F("kind").desc(), "area__code", "id")
    )
    return tuple(PublicLine(*row) for row in rows.values_list("name", "public_phone"))


def hours_of(unit: Unit) -> Hours:
    """The unit's own hours for its clocks; the usual office hours when it has none."""
    return Hours.parse(unit.hours) if unit.hours else OFFICE_HOURS


def is_at_work(unit: Unit, moment: datetime, calendar: Calendar) -> bool:
    """Whether somebody is at work in the unit at a moment, by its hours and the calendar."""
    local = clock.local(moment)
    if not calendar.is_working(local.date()):
        return False
    minute = local.hour * 60 + local.minute
    return any(opening <= minute < closing for opening, closing in hours_of(unit).spans)


def descendants(unit: Unit) -> set[int]:
    """Ids of the units whose queue would be lifted to this one, at any depth, itself included."""
    parents = dict(Unit.objects.filter(district_id=unit.district_id).values_list("id", "parent_id"))
    found = {unit.pk}
    while grown := {child for child, parent in parents.items() if parent in found} - found:
        found |= grown
    return found


def find(district_id: int, unit_id: int) -> Unit | None:
    """The open unit of a district by id, or None."""
    return next(iter(prepared.ask(_open_unit, district_id, unit_id)), None)


def _open_unit(district_id: int, unit_id: int) -> QuerySet[Unit]:
    return Unit.objects.filter(district_id=district_id, pk=unit_id, closed_at=None).order_by()


def _centres(district_id: int) -> QuerySet[Unit]:
    rows = Unit.objects.filter(district_id=district_id, kind=UnitKind.STREET_CENTRE, closed_at=None)
    return rows.order_by("opened_at", "id")


def names_of(unit_ids: Iterable[int]) -> dict[int, str]:
    """Names by unit id; what a unit is called is public."""
    return dict(prepared.ask(_names, tuple(set(unit_ids))))


def _names(unit_ids: Sequence[int]) -> QuerySet[Unit, tuple[int, str]]:
    return Unit.objects.filter(pk__in=unit_ids).order_by().values_list("id", "name")
