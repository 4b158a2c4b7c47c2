"""report 上报: one voice becomes a report and, unless it joins one, a case with a holder and a due.

Everything is written in one transaction: case, report, words, step, audit and task, or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.ground.files.models import File
from gezhi.ground.jobs import actions as jobs
from gezhi.kernel import clock, coordinates, phones, secrets
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.fields import seal_into
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.queries import Location
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, numbers, signals, tasks
from gezhi.work.cases.actions._doing import (
    attach,
    content_digest,
    earlier,
    refuse_bad_key,
    write_step,
)
from gezhi.work.cases.models import (
    Case,
    CaseWords,
    Report,
    Reporter,
    ReportWords,
    StageRow,
    Step,
)
from gezhi.work.cases.rules import Deed, Stage, State

TEXT_LENGTH = 4000
PLACE_LENGTH = 200
NAME_LENGTH = 40
TITLE_LENGTH = 40
MOST_PHOTOS = 6


@dataclass(frozen=True, slots=True)
class Where:
    """Where the matter is: a point with its coordinate system, a place, words, or none of them."""

    longitude: float | None = None
    latitude: float | None = None
    crs: str = "CGCS2000"
    place_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the reporter; empty is anonymous."""

    name: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.phone)


@dataclass(frozen=True, slots=True)
class Origin:
    """The other system a report came from; its due time is copied, never recomputed."""

    system: str
    number: str
    version: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything a reporter, a clerk at the phone or a program says."""

    text: str
    channel: str
    where: Where = field(default_factory=Where)
    contact: Contact = field(default_factory=Contact)
    kind: str = ""
    class_code: str = ""
    urgency: str = "ordinary"
    confidential: bool = False
    photos: Sequence[int] = ()
    happened_at: datetime | None = None
    language: str = "zh-hans"
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter takes away; `code` is derived, never stored."""

    report_id: int
    number: str
    code: str
    promised_at: datetime
    unit_name: str
    community_id: int | None
    grid_id: int | None
    case_number: str
    repeated: bool = False


def report(*, intake: Intake, by: Viewer, key: str, district_id: int | None = None) -> Receipt:
    """Take in one report as a new case.

    Promises a receipt for every acknowledged report, the same one for the same key. Refuses
    (Invalid) what cannot be understood, (KeyReused) a key that came with another content.
    """
    return _take_in(intake=intake, by=by, key=key, district_id=district_id, into=None)


def join(*, intake: Intake, case: Case, by: Viewer, key: str) -> Receipt:
    """Add one report to an open case (我也遇到): its own number, code, promise and rating."""
    return _take_in(intake=intake, by=by, key=key, district_id=case.district_id, into=case)


def _take_in(
    *, intake: Intake, by: Viewer, key: str, district_id: int | None, into: Case | None
) -> Receipt:
    with codes.steady():
        return _taken_in(intake, by, key, district_id, into)


def _taken_in(
    intake: Intake, by: Viewer, key: str, district_id: int | None, into: Case | None
) -> Receipt:
    district = district_id or by.district_id or places.default_district().pk
    deed = Deed.JOIN if into else Deed.REPORT
    refuse_bad_key(key)
    clean = _checked(intake)
    digest = content_digest(deed, _content(clean, into))
    try:
        # Nearly every key is new: it is not asked for, its constraint speaks up when it is not.
        with transaction.atomic():
            if into is None:
                return _open_case(clean, by, key, digest, district)
            # The case may have ended since: a repeat is answered before that is looked at.
            known = earlier(district, key, digest)
            return _receipt_again(known) if known else _add_to_case(clean, by, key, digest, into)
    except IntegrityError:
        before = earlier(district, key, digest)
        if before is None:
            raise
        return _receipt_again(before)


def _checked(intake: Intake) -> Intake:
    text = intake.text.replace("\x00", "").strip()
    words = intake.where.words.replace("\x00", "").strip()
    name = intake.contact.name.replace("\x00", "").strip()
    phone = intake.contact.phone.replace("\x00", "").strip()
    if not text:
        raise Invalid(_("请写一写是什么事，一句话也可以"), field="text")
    _within(text, TEXT_LENGTH, "text", _("什么事"))
    _within(words, PLACE_LENGTH, "place_words", _("在哪儿"))
    _within(name, NAME_LENGTH, "name", _("称呼"))
    if phone:
        phone = phones.normalized(phone)
        if not phones.is_valid(phone):
            raise Invalid(
                _("电话号码不对：请填 11 位手机号，或带区号的座机，例如 028-85551234"),
                field="phone",
            )
    if len(intake.photos) > MOST_PHOTOS:
        raise Invalid(_("照片最多 %(most)d 张") % {"most": MOST_PHOTOS}, field="photos")
    _known("request_kinds", intake.kind, "kind", _("诉求类型"))
    _known("matters", intake.class_code, "class_code", _("事项类别"))
    _known("channels", intake.channel, "channel", _("渠道"))
    _known("urgency", intake.urgency, "urgency", _("紧急程度"))
    if intake.photos and len(set(intake.photos)) != _stored(intake.photos):
        raise Invalid(_("有照片没有传上来，请重新选择照片"), field="photos")
    return Intake(
        text=text,
        channel=intake.channel,
        where=_point(intake.where, words),
        contact=Contact(name=name, phone=phone),
        kind=intake.kind,
        class_code=intake.class_code,
        urgency=intake.urgency or "ordinary",
        confidential=intake.confidential,
        photos=tuple(intake.photos),
        happened_at=intake.happened_at,
        language=intake.language,
        origin=intake.origin,
    )


def _stored(photos: Sequence[int]) -> int:
    return File.objects.filter(pk__in=photos).count()


def _within(text: str, most: int, field_name: str, what: str) -> None:
    if len(text) > most:
        raise Invalid(
            _("“%(what)s”太长：最多 %(most)d 个字，现在 %(now)d 个")
            % {"what": what, "most": most, "now": len(text)},
            field=field_name,
        )


def _known(dictionary: str, code: str, field_name: str, what: str) -> None:
    if code and codes.term(dictionary, code) is None:
        raise Invalid(_("没有这个%(what)s，请重新选择") % {"what": what}, field=field_name)


def _point(where: Where, words: str) -> Where:
    """The point in CGCS2000; refuses half a point, a place off the earth, an unknown system."""
    if where.longitude is None and where.latitude is None:
        return Where(place_id=where.place_id, words=words)
    if where.longitude is None or where.latitude is None:
        raise Invalid(_("位置只有一半：经度和纬度要一起给"), field="longitude")
    if not (-180 <= where.longitude <= 180 and -90 <= where.latitude <= 90):
        raise Invalid(_("位置不对：经度在 ±180 以内，纬度在 ±90 以内"), field="longitude")
    try:
        longitude, latitude = coordinates.to_cgcs2000(where.longitude, where.latitude, where.crs)
    except ValueError as error:
        raise Invalid(
            _("不认识的坐标系：请用 CGCS2000、WGS84、GCJ-02 或 BD-09"), field="crs"
        ) from error
    return Where(longitude=longitude, latitude=latitude, place_id=where.place_id, words=words)


def _content(intake: Intake, into: Case | None) -> dict[str, object]:
    """What the key stands for: everything asked, in a form that digests the same each time."""
    where, origin = intake.where, intake.origin
    return {
        "into": into.number if into else "",
        "text": intake.text,
        "channel": intake.channel,
        "where": [where.longitude, where.latitude, where.place_id, where.words],
        "contact": [intake.contact.name, intake.contact.phone],
        "kind": intake.kind,
        "class": intake.class_code,
        "urgency": intake.urgency,
        "confidential": intake.confidential,
        "photos": [str(file_id) for file_id in intake.photos] if not into else [],
        "origin": [origin.system, origin.number, origin.version] if origin else [],
    }


def _locate(where: Where, district_id: int) -> Location:
    """Never nowhere: a point on no grid goes to its community, or to the street centre."""
    if where.longitude is not None and where.latitude is not None:
        return places.locate(district_id, where.longitude, where.latitude)
    if where.place_id is not None:
        gone = Invalid(_("没有这个地点，请重新选择"), field="place_id")
        try:
            location = places.location_of_place(where.place_id)
        except Unseen as error:
            raise gone from error
        if location.district_id != district_id:
            raise gone
        return location
    return Location(district_id, None, None, None, None)


def _intake_unit(intake: Intake, location: Location) -> Unit:
    """The street centre, unless the pack gives the class to the community."""
    matter = codes.term("matters", intake.class_code) if intake.class_code else None
    if matter is not None and matter.data.get("intake") == "community" and location.community_id:
        office = units.office_of(location.community_id)
        if office is not None and office.is_open:
            return office
    return units.centre_of(location.district_id, location.street_id)


def _open_case(intake: Intake, by: Viewer, key: str, digest: str, district_id: int) -> Receipt:
    now = clock.now()
    location = _locate(intake.where, district_id)
    unit = _intake_unit(intake, location)
    pack = codes.pack_in_force("matters")
    serial = numbers.next_serial(district_id)
    due = clocks.due_of(
        Stage.ACCEPTING, unit=unit, start=now, class_code=intake.class_code, urgency=intake.urgency
    )
    origin = intake.origin or Origin(system="", number="")
    case = Case(
        district_id=district_id,
        number=numbers.case_number(
            location.district_code or places.district_code(district_id), now, serial
        ),
        state=State.REPORTED,
        version=1,
        class_code=intake.class_code,
        pack_id=pack.id if pack else None,
        kind=intake.kind,
        urgency=intake.urgency,
        confidentiality="confidential" if intake.confidential else "open",
        origin_system=origin.system,
        origin_number=origin.number,
        origin_version=origin.version,
        origin_due_at=origin.due_at,
        street_id=location.street_id,
        community_id=location.community_id,
        grid_id=location.grid_id,
        grid_at_id=location.grid_id,
        compound_id=location.compound_id,
        place_id=intake.where.place_id,
        longitude=intake.where.longitude,
        latitude=intake.where.latitude,
        holder=unit,
        due_at=due.moment,
        due_provisional=due.provisional,
        reported_at=now,
    )
    case.save(force_insert=True)
    CaseWords(
        case=case, title=intake.text[:TITLE_LENGTH], place_words=intake.where.words[:120]
    ).save(force_insert=True)
    StageRow(
        district_id=district_id,
        case=case,
        stage=Stage.ACCEPTING,
        round=1,
        unit_id=unit.pk,
        began_at=now,
        due_at=due.moment,
        provisional=due.provisional,
        calendar_version=due.calendar_version,
        limit_words=due.limit_words,
    ).save(force_insert=True)
    row = _write_report(intake, case, by, now, serial, unit, joined=False)
    step = _write_step(Deed.REPORT, case, row, by, key, digest, intake, now, from_state="")
    signals.reported.send(sender=Case, case=case, step=step)
    return _receipt(row, case, unit.name)


def _add_to_case(intake: Intake, by: Viewer, key: str, digest: str, into: Case) -> Receipt:
    case = Case.objects.select_for_update(of=("self",)).select_related("holder").get(pk=into.pk)
    if case.holder is None:
        raise Invalid(_("这件事已经办完，请作为新的事情反映"), field="join")
    now = clock.now()
    serial = numbers.next_serial(case.district_id)
    row = _write_report(intake, case, by, now, serial, case.holder, joined=True)
    case.version += 1
    case.save(update_fields=["version"])
    step = _write_step(Deed.JOIN, case, row, by, key, digest, intake, now, from_state=case.state)
    signals.reported.send(sender=Case, case=case, step=step)
    return _receipt(row, case, case.holder.name)


def _write_report(
    intake: Intake,
    case: Case,
    by: Viewer,
    now: datetime,
    serial: int,
    unit: Unit,
    *,
    joined: bool,
) -> Report:
    promise = clocks.due_of("answering", unit=unit, start=now, urgency=intake.urgency)
    row = Report(
        district_id=case.district_id,
        number=numbers.report_number(now, serial),
        case=case,
        first_case=case,
        channel=intake.channel,
        kind=intake.kind,
        language=intake.language,
        happened_at=intake.happened_at,
        received_at=now,
        promised_at=intake.origin.due_at
        if intake.origin and intake.origin.due_at
        else promise.moment,
        anonymous=intake.contact.is_empty,
        confidential=intake.confidential,
        entered_by=by.user_id,
        joined=joined,
    )
    row.save(force_insert=True)
    ReportWords(report=row, text=intake.text, place_words=intake.where.words).save(
        force_insert=True
    )
    if not intake.contact.is_empty:
        reporter = Reporter(report=row)
        seal_into(reporter, "name", intake.contact.name)
        seal_into(reporter, "phone", intake.contact.phone)
        if intake.contact.phone:
            reporter.phone_index = secrets.blind_index("phone", intake.contact.phone)
        reporter.save(force_insert=True)
    attach(case, {"report": list(intake.photos)}, report=row)
    return row


def _write_step(
    deed: Deed,
    case: Case,
    row: Report,
    by: Viewer,
    key: str,
    digest: str,
    intake: Intake,
    now: datetime,
    *,
    from_state: str,
) -> Step:
    seat: Seat | None = by.seats[0] if by.seats else None
    step = write_step(
        case=case,
        deed=deed,
        by=by,
        seat=seat,
        key=key,
        digest=digest,
        from_state=from_state,
        holder_before_id=case.holder_id if from_state else None,
        seconds_left=None,
        happened_at=intake.happened_at or now,
        recorded_at=now,
        detail={"channel": intake.channel},
        report_id=row.pk,
    )
    # A fresh step's key is nobody else's: no savepoint, no question.
    jobs.enqueue(tasks.announce, key=f"announce:{step.pk}", fresh=True, step_id=step.pk)
    return step


def _receipt(row: Report, case: Case, unit_name: str, *, repeated: bool = False) -> Receipt:
    return Receipt(
        report_id=row.pk,
        number=row.number,
        code=secrets.receipt_code(row.pk),
        promised_at=row.promised_at,
        unit_name=unit_name,
        community_id=case.community_id,
        grid_id=case.grid_id,
        case_number=case.number,
        repeated=repeated,
    )


def _receipt_again(step: Step) -> Receipt:
    row = Report.objects.select_related("case__holder").get(pk=step.report_id or 0)
    holder = row.case.holder
    return _receipt(row, row.case, holder.name if holder else "", repeated=True)
