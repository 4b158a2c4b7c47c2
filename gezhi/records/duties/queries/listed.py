"""Questions about duties: who leads a class here."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet

from gezhi.ground.codes.queries import term, terms
from gezhi.kernel import clock, prepared, search
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.duties import rules
from gezhi.records.duties.models import Duty


class Located(Protocol):
    """What a point or place lies in; `places.queries.Location` is one."""

    @property
    def street_id(self) -> int | None: ...
    @property
    def community_id(self) -> int | None: ...
    @property
    def grid_id(self) -> int | None: ...


def valid_on(rows: QuerySet[Duty], day: date) -> QuerySet[Duty]:
    """Those of the duties in force on a day: `valid_from` ≤ day < `valid_to`."""
    return rows.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


def duty_for(district_id: int, class_code: str, location: Located) -> Duty | None:
    """The duty in force today for a class at a place; None when no list names one.

    The most specific class wins (the class itself, then its families upward), then the narrowest
    area. Duties of the district count everywhere. A duty led by a closed unit never counts.
    """
    if not class_code:
        return None
    families = families_of(class_code)
    areas = [location.grid_id, location.community_id, location.street_id]
    known = tuple(area for area in areas if area is not None)
    rows = prepared.ask(
        _for_classes, district_id, known, tuple(map(prepared.Word, families)), clock.today()
    )
    return min(
        rows,
        key=lambda duty: (
            families.index(duty.class_code),
            rules.NARROWNESS[Level(duty.area.level)],
            duty.valid_from.toordinal() * -1,
            duty.pk,
        ),
        default=None,
    )


def _for_classes(
    district_id: int, area_ids: Sequence[int], families: Sequence[str], today: date
) -> QuerySet[Duty]:
    rows = Duty.objects.filter(
        Q(area_id__in=area_ids) | Q(area__level=Level.DISTRICT),
        district_id=district_id,
        class_code__in=families,
        lead_unit__closed_at=None,
    )
    return valid_on(rows, today).select_related("lead_unit", "area")


class Lead(NamedTuple):
    """A row of the list in force, as far as it says who leads."""

    pk: int
    class_code: str
    name: str
    area_id: int
    level: str
    valid_from: date
    lead_unit_id: int


def leads_in(district_id: int, street_id: int | None) -> tuple[Lead, ...]:
    """Who leads what today in a street and what lies in it, and in the whole district: for
    `lead_among`, where many classes are asked about."""
    here = Q(area__level=Level.DISTRICT)
    if street_id is not None:
        here |= Q(area_id=street_id) | Q(area__street_id=street_id)
    rows = valid_on(
        Duty.objects.filter(here, district_id=district_id, lead_unit__closed_at=None),
        clock.today(),
    )
    return tuple(
        Lead(*row)
        for row in rows.order_by().values_list(
            "pk", "class_code", "name", "area_id", "area__level", "valid_from", "lead_unit_id"
        )
    )


def lead_among(leads: Iterable[Lead], class_code: str, location: Located) -> Lead | None:
    """The row `duty_for` answers, chosen from those of the location's street."""
    if not class_code:
        return None
    families = families_of(class_code)
    areas = {location.grid_id, location.community_id, location.street_id} - {None}
    return min(
        (
            lead
            for lead in leads
            if lead.class_code in families
            and (lead.area_id in areas or lead.level == Level.DISTRICT)
        ),
        key=lambda lead: (
            families.index(lead.class_code),
            rules.NARROWNESS[Level(lead.level)],
            lead.valid_from.toordinal() * -1,
            lead.pk,
        ),
        default=None,
    )


def parents_of(class_code: str) -> list[str]:
    """The families a pack puts a class into, upward."""
    parents: list[str] = []
    row = term("matters", class_code)
    while row is not None and row.parent_code and row.parent_code not in parents:
        parents.append(row.parent_code)
        row = term("matters", row.parent_code)
    return parents


def families_of(class_code: str) -> list[str]:
    """The class and the families it stands in by the pack in force, most specific first."""
    return rules.families(class_code, parents_of(class_code))


def duties_of_unit(unit_id: int) -> list[Duty]:
    """The duties a unit leads today, by class."""
    rows = valid_on(Duty.objects.filter(lead_unit_id=unit_id), clock.today())
    return list(rows.select_related("area"))


def duties(viewer: Viewer) -> QuerySet[Duty]:
    """The duty list of the viewer's district, in force or to come; staff may read all of it."""
    rows = (
        Duty.objects.filter(Q(valid_to=None) | Q(valid_to__gt=clock.today()))
        .select_related("area", "lead_unit")
        .prefetch_related("assist_units")
    )
    if viewer.is_system:
        return rows
    if viewer.district_id is None or not viewer.seats:
        return rows.none()
    return rows.filter(district_id=viewer.district_id)


def found_duties(viewer: Viewer, words: str = "") -> QuerySet[Duty]:
    """The rows of the list that every word fits: by name, class (its name or the beginning of
    its code), area, unit that leads or assists, or basis."""
    return search.every_word(duties(viewer), words, _fits)


def _fits(word: str) -> Q:
    classes = [row.code for row in terms("matters") if word in row.name]
    assisting = Duty.assist_units.through.objects.filter(
        duty_id=OuterRef("pk"), unit__name__icontains=word
    )
    return (
        search.holds(word, "name", "area__name", "lead_unit__name", "legal_basis")
        | Q(class_code__istartswith=word)
        | Q(class_code__in=classes)
        | Q(Exists(assisting))
    )


def get(viewer: Viewer, duty_id: int) -> Duty:
    """One duty the system administrator may change; Unseen otherwise."""
    duty = duties(viewer).filter(pk=duty_id).first()
    if duty is None or not (viewer.is_system or viewer.may(Right.SET_UP)):
        raise Unseen("")
    return duty


def find(district_id: int, duty_id: int) -> Duty | None:
    """The duty of a district in force today by id, or None."""
    rows = valid_on(Duty.objects.filter(district_id=district_id, pk=duty_id), clock.today())
    return rows.select_related("lead_unit").first()


def any_of_others(district_id: int, class_code: str, unit_id: int | None) -> bool:
    """Whether the duty list gives this class or one of its families to any other unit than this, so
    that whoever returns a case can cite it."""
    if not class_code:
        return False
    families = families_of(class_code)
    rows = Duty.objects.filter(district_id=district_id, class_code__in=families)
    return valid_on(rows.exclude(lead_unit_id=unit_id), clock.today()).exists()


def names_of(viewer: Viewer, duty_ids: Iterable[int]) -> dict[int, str]:
    """Name and lead unit of rows by id, ended ones too; staff of the district may read them."""
    rows = Duty.objects.filter(pk__in=set(duty_ids))
    if not viewer.is_system:
        rows = rows.filter(district_id=viewer.district_id or 0)
    told = rows.values_list("id", "name", "lead_unit__name")
    return {pk: f"{name}（{unit}）" for pk, name, unit in told}
