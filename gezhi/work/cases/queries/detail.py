"""One case as its page shows it: reports, story, assignments, and what can be done now."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.accounts import queries as accounts
from gezhi.ground.codes import queries as codes
from gezhi.kernel import prepared
from gezhi.kernel.errors import Unseen
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.masking import masked_name, masked_phone
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import shown
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases.models import (
    Case,
    Opening,
    Report,
    Reporter,
    Step,
    Verification,
)
from gezhi.work.cases.queries import belonging
from gezhi.work.cases.queries.possible import possible_deeds
from gezhi.work.cases.queries.rows import CaseRow, rows_of, with_counts
from gezhi.work.cases.queries.sent import AssignmentLine as AssignmentLine
from gezhi.work.cases.queries.sent import sent
from gezhi.work.cases.queries.visible import is_openable, of_number
from gezhi.work.cases.rules import TOLD_TO_UNITS, Deed, Sight

# Not for whoever must not learn who reported.
_REPORTING = frozenset({Deed.REPORT, Deed.JOIN})
_WITH_THE_REPORTER = frozenset(
    {Deed.CONTACT, Deed.RATE, Deed.CALL_BACK, Deed.REOPEN, Deed.SUMMARIZE, Deed.RELOCATE}
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of the case, with its contact masked."""

    report_id: int
    number: str
    channel: str
    text: str
    place_words: str
    received_at: datetime
    promised_at: datetime
    joined: bool
    anonymous: bool
    confidential: bool
    name: str
    phone: str
    has_contact: bool
    first_contact_at: datetime | None
    resolved: str
    satisfied: str
    rating_words: str
    rated_at: datetime | None
    file_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the story."""

    serial: int
    deed: str
    to_state: str
    happened_at: datetime
    recorded_at: datetime
    doer: str
    unit_name: str
    words: str
    reason_code: str
    round: int
    seconds_left: int | None
    due_after: datetime | None
    file_ids: tuple[int, ...]
    detail: dict[str, Any]
    # Done by a link: no person of the house did it.
    by_guest: bool = False


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """A restricted case opened by need: by whom, for what, from when until when."""

    user_id: int
    doer: str
    purpose: str
    words: str
    opened_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page of a case shows to one viewer."""

    row: CaseRow
    case: Case
    reports: list[ReportLine]
    steps: list[StepLine]
    assignments: list[AssignmentLine]
    deeds: tuple[Deed, ...]
    question: Verification | None
    merged_into: str
    place_name: str
    shows_contact: bool
    openings: tuple[OpeningLine, ...] = ()

    @property
    def sight(self) -> Sight:
        """How much of it the viewer sees; less than the whole of some restricted cases."""
        return self.row.sight

    @property
    def returned(self) -> list[AssignmentLine]:
        """The assignments units returned in this round, the last one last."""
        return [
            one
            for one in self.assignments
            if one.part == "lead" and one.returned_at and one.round == self.case.round
        ]

    @property
    def refused_by(self) -> frozenset[int]:
        """Units that returned it in this round: sent there again it only comes back again."""
        return frozenset(one.unit_id for one in self.returned)

    def last_step(self, deed: Deed, *, reason: str = "") -> StepLine | None:
        """The last step of this deed in the present round, for one reason where one is named."""
        return next(
            (
                step
                for step in reversed(self.steps)
                if step.deed == deed
                and step.round == self.case.round
                and reason in ("", step.reason_code)
            ),
            None,
        )


def get(viewer: Viewer, number: str) -> Case:
    """The case for an action's page; raises Unseen when it does not exist for the viewer."""
    rows = of_number(viewer, number).select_related("holder", "words")
    return _opened(viewer, rows.first())


def case_page(viewer: Viewer, number: str) -> CasePage:
    """The page of one case; raises Unseen when it does not exist for the viewer."""
    rows = prepared.ask(_of_number, viewer, prepared.Word(number))
    return _page(viewer, _opened(viewer, rows[0] if rows else None))


def _of_number(viewer: Viewer, number: str) -> QuerySet[Case]:
    return _to_show(of_number(viewer, number))[:1]


def page_among(rows: QuerySet[Case], viewer: Viewer, number: str) -> CasePage:
    """The page of a case among these rows; raises Unseen when none of them has the number."""
    case = _to_show(rows.filter(number=number)).first()
    if case is None:
        raise Unseen(_("没有找到这件事"))
    return _page(viewer, case)


def _to_show(rows: QuerySet[Case]) -> QuerySet[Case]:
    return with_counts(rows).select_related("words", "holder", "merged_into")


def _opened(viewer: Viewer, case: Case | None) -> Case:
    """The row first, then the door: to put the door into the statement takes longer than all else."""
    if case is None or not is_openable(viewer, case):
        raise Unseen(_("没有找到这件事"))
    return case


def _page(viewer: Viewer, case: Case) -> CasePage:
    """Of a restricted case it holds what the viewer's sight does: to a unit no report, no contact and
    only the words written for it; to a grid worker who is asked, place and question.
    """
    row = rows_of(viewer, [case])[0]
    if row.sight < Sight.WHOLE:
        return _kept_page(viewer, case, row)
    files: dict[tuple[str, int], list[int]] = {}
    for kind, owner, file_id in _attached(case):
        files.setdefault((kind, owner), []).append(file_id)
    shows_contact = viewer.may(Right.SEE_CONTACT)
    place = places.place_names_of([case.place_id]).get(case.place_id, "") if case.place_id else ""
    return CasePage(
        row=row,
        case=case,
        reports=_reports(case, files, shows_contact),
        steps=(steps := _steps(case, files)),
        assignments=sent(case.pk, said_in(steps)),
        deeds=possible_deeds(viewer, case),
        question=belonging.question(case.pk),
        merged_into=case.merged_into.number if case.merged_into else "",
        place_name=place,
        shows_contact=shows_contact,
        openings=_openings(case) if case.is_restricted else (),
    )


def _kept_page(viewer: Viewer, case: Case, row: CaseRow) -> CasePage:
    """A restricted case without its reporter: what was written for whoever looks, and no more."""
    told: frozenset[Deed] = TOLD_TO_UNITS
    if row.sight is Sight.QUESTION:
        told = frozenset({Deed.ASK})
        case.public_summary = case.class_code = case.kind = ""
    case.longitude = case.latitude = case.place_id = None
    case.origin_system = case.origin_number = ""
    files: dict[tuple[str, int], list[int]] = {}
    for kind, owner, file_id in _attached(case):
        files.setdefault((kind, owner), []).append(file_id)
    steps = [step if step.deed in told else _unsaid(step) for step in _steps(case, files)]
    asked = row.sight is Sight.QUESTION
    return CasePage(
        row=row,
        case=case,
        reports=[],
        steps=[step for step in steps if step.deed in told] if asked else steps,
        assignments=[] if asked else sent(case.pk, said_in(steps)),
        deeds=tuple(
            deed for deed in possible_deeds(viewer, case) if deed not in _WITH_THE_REPORTER
        ),
        question=belonging.question(case.pk),
        merged_into="",
        place_name=row.place_words,
        shows_contact=False,
    )


def _unsaid(step: StepLine) -> StepLine:
    """That a step was done, and when; what was said, and by which reporter, stays with the centre."""
    said = replace(step, words="", reason_code="", file_ids=(), detail={})
    # A member of staff may have reported it, or typed it in.
    return replace(said, doer="", unit_name="") if step.deed in _REPORTING else said


def _openings(case: Case) -> tuple[OpeningLine, ...]:
    rows = list(Opening.objects.filter(case=case).order_by("opened_at", "id"))
    names = accounts.names({row.user_id for row in rows}) if rows else {}
    return tuple(
        OpeningLine(
            row.user_id,
            names.get(row.user_id, ""),
            row.purpose,
            row.words,
            row.opened_at,
            row.until,
        )
        for row in rows
    )


def _attached(case: Case) -> list[tuple[str, int, int]]:
    rows = belonging.files(case.pk)
    return [
        ("report", report, file_id) if report else ("step", step or 0, file_id)
        for report, step, file_id in rows
    ]


def _reports(
    case: Case, files: dict[tuple[str, int], list[int]], shows_contact: bool
) -> list[ReportLine]:
    reports = belonging.reports(case.pk)
    return [_report_line(report, files, shows_contact) for report in reports]


def _report_line(
    report: Report, files: dict[tuple[str, int], list[int]], shows_contact: bool
) -> ReportLine:
    reporter: Reporter | None = getattr(report, "reporter", None)
    words = getattr(report, "words", None)
    return ReportLine(
        report_id=report.pk,
        number=report.number,
        channel=report.channel,
        text=shown(words.text) if words else "",
        place_words=shown(words.place_words) if words else "",
        received_at=report.received_at,
        promised_at=report.promised_at,
        joined=report.joined,
        anonymous=report.anonymous,
        confidential=report.confidential,
        name=masked_name(shown(open_sealed(reporter, "name")))
        if reporter and shows_contact
        else "",
        phone=masked_phone(open_sealed(reporter, "phone")) if reporter and shows_contact else "",
        has_contact=reporter is not None,
        first_contact_at=report.first_contact_at,
        resolved=report.resolved,
        satisfied=report.satisfied,
        rating_words=shown(words.rating_words) if words else "",
        rated_at=report.rated_at,
        file_ids=tuple(files.get(("report", report.pk), ())),
    )


def _steps(case: Case, files: dict[tuple[str, int], list[int]]) -> list[StepLine]:
    steps = belonging.steps(case.pk)
    users = accounts.names({step.user_id for step in steps if step.user_id})
    unit_names = units.names_of({step.unit_id for step in steps if step.unit_id})
    return [_step_line(step, files, users, unit_names) for step in steps]


def _step_line(
    step: Step,
    files: dict[tuple[str, int], list[int]],
    users: dict[int, str],
    unit_names: dict[int, str],
) -> StepLine:
    words = getattr(step, "words", None)
    return StepLine(
        serial=step.serial,
        deed=step.deed,
        to_state=step.to_state,
        happened_at=step.happened_at,
        recorded_at=step.recorded_at,
        doer=users.get(step.user_id or 0, ""),
        unit_name=unit_names.get(step.unit_id or 0, ""),
        words=shown(words.text) if words else "",
        reason_code=step.reason_code,
        round=step.round,
        seconds_left=step.seconds_left,
        due_after=step.due_after,
        file_ids=tuple(files.get(("step", step.pk), ())),
        detail=step.detail,
        by_guest=step.invitation_id is not None,
    )


def said_in(steps: list[StepLine]) -> dict[int, str]:
    """What assisting units answered, by the assignment it was the answer to."""
    return {
        step.detail["assignment"]: step.words
        for step in steps
        if step.deed == Deed.ASSIST and "assignment" in step.detail
    }


def class_name(case: Case) -> str:
    """The name of its class in the version of the pack it was settled by."""
    class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
    return class_term.label if class_term else ""
