"""What one person says becomes a report and, unless it joins one, a case with a holder and a due.

Everything is written in one transaction: case, report, words, step, audit and task, or nothing.
"""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit.seals import Seals
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, rows, secrets
from gezhi.kernel.errors import Invalid, Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.queries import Location
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, numbers, searching, signals, titles
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.intake.locating import place_at_a_glance, settled
from gezhi.work.cases.intake.report_text import Intake, Origin, Receipt
from gezhi.work.cases.intake.validating import cleaned, content, refuse_unknown
from gezhi.work.cases.intake.writing import write_report, write_report_step
from gezhi.work.cases.keys import owner_of
from gezhi.work.cases.models import Case, CaseWords, Report, Step
from gezhi.work.cases.rules import Confidentiality, Deed, Stage, State
from gezhi.work.cases.stages import write_stage
from gezhi.work.deeds.asked import Asked, refuse_bad_key
from gezhi.work.deeds.steps import answered, made_with, moment_for, with_latest

# A city of a hundred thousand reports a day fails at this once in 10¹⁰.
_DRAWS = 5


def take_in(
    *, intake: Intake, by: Viewer, key: str, district_id: int | None, into: Case | None
) -> Receipt:
    """Take in one report, as a new case or `into` an open one; what `report` and `join` promise."""
    with codes.steady():
        for _draw in range(_DRAWS - 1):
            try:
                return _taken_in(intake, by, key, district_id, into)
            except IntegrityError as error:
                # Chance gave it a number of the same day: nothing was written, another is drawn.
                if not numbers.is_drawn_twice(error):
                    raise
        return _taken_in(intake, by, key, district_id, into)


def _taken_in(
    intake: Intake, by: Viewer, key: str, district_id: int | None, into: Case | None
) -> Receipt:
    district = district_id or by.district_id or places.default_district().pk
    refuse_bad_key(key)
    clean = cleaned(intake)
    asked = Asked(Deed.JOIN if into else Deed.REPORT, content(clean, into))
    try:
        refuse_unknown(clean)
        if into is None:
            # Looked up before anything is locked, and not in what the key stands for: the same
            # words may mean another place when they are sent again.
            where, location = settled(clean.where, district)
            # Nearly every key is new: it is not asked for, its constraint speaks up when it is not.
            with transaction.atomic():
                return _open_case(replace(clean, where=where), location, by, key, asked.digest)
        with transaction.atomic():
            # Two that bring one key at once wait for each other here.
            case = _locked(into)
            known = _made_before(key, by, district)
            if known is not None:
                return _receipt_again(answered(known, asked))
            return _add_to_case(clean, by, key, asked.digest, case)
    except (IntegrityError, Refusal):
        # What refuses it today (a code or the place is gone, the case has ended) does not unsay a receipt.
        before = _made_before(key, by, district)
        if before is None:
            raise
        return _receipt_again(answered(before, asked))


def _made_before(key: str, by: Viewer, district_id: int) -> Step | None:
    return made_with(Step, key, owner=owner_of(by), district_id=district_id, kind=Doing.kind)


def _intake_unit(intake: Intake, location: Location) -> Unit:
    """The street centre, unless the pack gives the class to the community."""
    class_term = codes.term("matters", intake.class_code) if intake.class_code else None
    if (
        class_term is not None
        and class_term.data.get("intake") == "community"
        and location.community_id
    ):
        office = units.office_of(location.community_id)
        if office is not None and office.is_open:
            return office
    return units.centre_of(location.district_id, location.street_id)


def _open_case(intake: Intake, location: Location, by: Viewer, key: str, digest: str) -> Receipt:
    now, district_id = clock.now(), location.district_id
    # A point on no grid goes to its community, or to the street centre: never nowhere.
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
        confidentiality=Confidentiality.RESTRICTED if intake.confidential else Confidentiality.OPEN,
        origin_system=origin.system,
        origin_number=origin.number,
        origin_version=origin.version,
        origin_due_at=origin.due_at,
        # A case of no known place is the street's whose centre takes it in: somebody sees it.
        street_id=location.street_id or unit.area_id,
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
    words = CaseWords(
        case=case, title=titles.kept(intake.text), place_words=place_at_a_glance(intake.where)
    )
    seals = Seals()
    # Nothing is read from here on: the rows leave together.
    with rows.together():
        seals.insert(case)
        seals.insert(words)
        searching.insert(case, words)
        write_stage(case, Stage.ACCEPTING, unit.pk, now, due, seals)
        row = write_report(intake, case, by, now, unit, seals, joined=False)
        step = write_report_step(
            Deed.REPORT, case, row, by, key, digest, intake, now, seals, from_state=""
        )
        signals.reported.send(sender=Case, case=case, step=step)
    return _receipt(row, case, unit.name)


def _locked(into: Case) -> Case:
    rows_of = Case.objects.select_for_update(of=("self",)).select_related("holder")
    return with_latest(rows_of, Step, Doing.kind).get(pk=into.pk)


def _add_to_case(intake: Intake, by: Viewer, key: str, digest: str, case: Case) -> Receipt:
    if case.holder is None:
        raise Invalid(_("这件事已经办完，请作为新的事情反映"), field="join")
    now = moment_for(case)
    seals = Seals()
    row = write_report(intake, case, by, now, case.holder, seals, joined=True)
    seals.change(case, version=case.version + 1)
    step = write_report_step(
        Deed.JOIN, case, row, by, key, digest, intake, now, seals, from_state=case.state
    )
    signals.reported.send(sender=Case, case=case, step=step)
    return _receipt(row, case, case.holder.name)


def _receipt(row: Report, case: Case, unit_name: str) -> Receipt:
    return Receipt(
        report_id=row.pk,
        number=row.number,
        code=secrets.receipt_code(row.pk),
        promised_at=row.promised_at,
        unit_name=unit_name,
        community_id=case.community_id,
        grid_id=case.grid_id,
        case_number=case.number,
        place_id=case.place_id,
    )


def _receipt_again(step: Step) -> Receipt:
    """What was answered when this step was made, wherever the report and its case are by now."""
    row = Report.objects.get(pk=step.report_id or 0)
    unit_id = step.holder_after_id or 0
    receipt = _receipt(row, step.case, units.names_of({unit_id}).get(unit_id, ""))
    told = step.detail.get("told")
    if told is None:
        # Steps of before 2026-12 do not say it.
        return replace(receipt, repeated=True)
    return replace(
        receipt,
        promised_at=datetime.fromisoformat(told["promised"]),
        community_id=told["community"],
        grid_id=told["grid"],
        place_id=told.get("place"),
        repeated=True,
    )
