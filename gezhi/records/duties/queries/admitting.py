"""社区事项准入: whether a unit may hand a matter to a community office, and what was asked so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.duties import clauses, rules, sentences
from gezhi.records.duties.models import Admission, AdmissionState, Duty, ListKind
from gezhi.records.duties.queries.listed import families_of, valid_on
from gezhi.records.units.models import Unit, UnitKind

# What the street or the community itself gives out needs nobody's leave.
_OWN = (UnitKind.STREET_CENTRE, UnitKind.COMMUNITY_OFFICE)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whether a matter may go to a community, and the clause that says so.

    `duty` is the row of the list that was decisive; `admission_id` and `until` belong to what a
    person let in.
    """

    is_allowed: bool
    clause: str
    duty: Duty | None = None
    admission_id: int | None = None
    until: date | None = None


def admission_for(
    district_id: int, class_code: str, unit: Unit, community_office: Unit, day: date
) -> Admitted:
    """Whether a unit may hand a class to a community office on a day.

    Allowed: what the street's centre or a community gives itself; what the duty list gives the
    office (基本 or 配合, as lead or assisting); what the street let in by name, until its last day,
    but nothing that was taken back from above (上级收回): the street has it no more to give.
    The rows of the most specific class decide: what a wider family says does not count beside them.
    """
    if unit.kind in _OWN:
        return Admitted(True, _("街道和社区自己安排的事，不用准入"))
    families = families_of(class_code)
    duty = _decisive(district_id, families, community_office, day)
    if duty is not None and duty.list_kind != ListKind.WITHDRAWN:
        return Admitted(True, sentences.listed_clause(duty.name, _list_of(duty)), duty)
    if duty is not None:
        lead = duty.lead_unit.name
        return Admitted(False, sentences.withdrawn_clause(duty.name, lead, duty.legal_basis), duty)
    let_in = _let_in(unit, community_office, families, day)
    if let_in is not None:
        until = let_in.allowed_until
        said = sentences.allowed_clause(until) if until else ""
        return Admitted(True, said, admission_id=let_in.pk, until=until)
    return Admitted(False, sentences.not_listed_clause(clauses.clause(clauses.NOT_LISTED)))


def _decisive(district_id: int, families: list[str], office: Unit, day: date) -> Duty | None:
    """Of the rows of the most specific class in force here: the one that gives it to the office,
    else the one that withdrew it."""
    here = Q(area__level=Level.DISTRICT) | Q(area_id=office.area_id)
    here |= Q(area_id=office.area.street_id) | Q(area__community_id=office.area_id)
    rows = valid_on(Duty.objects.filter(here, district_id=district_id), day)
    found = list(
        rows.filter(class_code__in=families)
        .select_related("area", "lead_unit")
        .prefetch_related("assist_units")
    )
    if not found:
        return None
    nearest = min(families.index(duty.class_code) for duty in found)
    found = [duty for duty in found if duty.class_code == families[nearest]]
    found.sort(key=lambda duty: (rules.NARROWNESS[Level(duty.area.level)], duty.pk))
    return next(
        (duty for duty in found if _gives(duty, office)),
        next((duty for duty in found if duty.list_kind == ListKind.WITHDRAWN), None),
    )


def _gives(duty: Duty, office: Unit) -> bool:
    if duty.list_kind == ListKind.WITHDRAWN:
        return False
    assisting = {unit.pk for unit in duty.assist_units.all()}
    return office.pk in assisting | {duty.lead_unit_id}


def _list_of(duty: Duty) -> str:
    return str(ListKind(duty.list_kind).label)


def _let_in(unit: Unit, office: Unit, families: list[str], day: date) -> Admission | None:
    rows = Admission.objects.filter(
        unit=unit,
        office=office,
        class_code__in=families,
        state=AdmissionState.ALLOWED,
        allowed_until__gte=day,
    )
    return rows.order_by("-allowed_until", "-id").first()


def may_ask(viewer: Viewer) -> QuerySet[Unit]:
    """The viewer's own units that hand matters down: departments and firms, no street centre and no
    community."""
    ids = [seat.unit_id for seat in viewer.seats_for(Right.HANDLE)]
    return Unit.objects.filter(pk__in=ids, closed_at=None).exclude(kind__in=_OWN)


def offices_offered(viewer: Viewer) -> QuerySet[Unit]:
    """The community offices of the viewer's district that can be asked."""
    rows = Unit.objects.filter(
        district_id=viewer.district_id or 0, kind=UnitKind.COMMUNITY_OFFICE, closed_at=None
    )
    return rows.select_related("area").order_by("area__code", "id")


def admissions(viewer: Viewer, state: str = "") -> QuerySet[Admission]:
    """What was asked, newest first: all of the street for whoever oversees it, of others what their
    own unit asked or was to be given; `state` narrows it."""
    rows = Admission.objects.select_related("unit", "office", "duty")
    if not viewer.is_system:
        rows = rows.filter(_reached(viewer), district_id=viewer.district_id or 0)
    return rows.filter(state=state) if state else rows


def _reached(viewer: Viewer) -> Q:
    own = {seat.unit_id for seat in viewer.seats_for(Right.HANDLE)}
    reached = Q(unit_id__in=own) | Q(office_id__in=own)
    return reached | overseen(viewer)


def overseen(viewer: Viewer) -> Q:
    """The admissions a viewer answers for: of the communities of the street a seat oversees."""
    condition = Q(pk__in=())
    for seat in viewer.seats_for(Right.OVERSEE):
        if seat.level is Level.DISTRICT:
            condition |= Q(district_id=viewer.district_id or 0)
        else:
            condition |= Q(office__area__street_id=seat.area_id) | Q(office__area_id=seat.area_id)
    return condition


def admission(viewer: Viewer, admission_id: int) -> Admission:
    """One asking the viewer may read; Unseen otherwise."""
    found = admissions(viewer).filter(pk=admission_id).first()
    if found is None:
        raise Unseen("")
    return found


def is_taken_back(row: Admission, day: date) -> bool:
    """Whether the list itself says that it was taken back from above: nobody of the street lets that
    in, as long as the list says so."""
    duty = row.duty
    if row.state != AdmissionState.REFUSED or duty is None:
        return False
    still = duty.valid_to is None or day < duty.valid_to
    return still and duty.list_kind == ListKind.WITHDRAWN


def allowable(viewer: Viewer, rows: Iterable[Admission]) -> set[int]:
    """Of these askings the ids of those the viewer may let in: refused, not for having been
    taken back from above, of a community they oversee, not asked by themselves."""
    today = clock.today()
    refused = {
        row.pk
        for row in rows
        if row.state == AdmissionState.REFUSED
        and row.asked_by != viewer.user_id
        and not is_taken_back(row, today)
    }
    if not refused or not viewer.may(Right.OVERSEE):
        return set()
    found = Admission.objects.filter(overseen(viewer), pk__in=refused)
    return set(found.values_list("pk", flat=True))
