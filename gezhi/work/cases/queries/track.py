"""What a reporter sees of their own report, by number and code; and what neighbors may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, prepared, secrets
from gezhi.kernel.digits import REPORT_DIGITS, digits
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import shown
from gezhi.records.places import queries as places
from gezhi.records.places.models import District
from gezhi.records.units import queries as units
from gezhi.work.cases.declared import DECLARED
from gezhi.work.cases.models import Attachment, Case, Report, Step
from gezhi.work.cases.rules import Confidentiality, Deed, Mark, State


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One step in neighbors' words: the face turns `deed` into a sentence."""

    deed: str
    at: datetime
    unit_name: str
    words: str
    reason_code: str
    file_ids: tuple[int, ...]
    due_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A report as its reporter sees it."""

    report_id: int
    number: str
    code: str
    text: str
    place_words: str
    settled_place: str
    received_at: datetime
    promised_at: datetime
    state: str
    holder_name: str
    holder_phone: str
    due_at: datetime | None
    ended_at: datetime | None
    round: int
    class_name: str
    community_name: str
    grid_name: str
    steps: tuple[PublicStep, ...]
    file_ids: tuple[int, ...]
    resolved: str
    satisfied: str
    may_add: bool
    may_rate: bool
    may_reopen: bool
    hung: bool = False


def report_by_code(number: str, code: str) -> Report:
    """The report of this number if the 16-digit code is its own; the same answer otherwise."""
    number, code = digits(number), digits(code)
    rows: list[Report] = []
    if len(number) == REPORT_DIGITS:
        # Two districts of one installation may have drawn the same number: the code tells.
        known = Report.objects.filter(district_id__in=District.objects.values("pk"), number=number)
        rows = list(known.select_related("case", "case__holder", "words"))
    found = [row for row in rows if secrets.receipt_matches(row.pk, code)]
    if not rows:
        # The comparison is made for an unknown number too, so that time tells nothing.
        secrets.receipt_matches(0, code)
    if not found:
        raise Unseen(_("没有找到：请核对受理号和查询码"))
    return found[0]


def tracked(number: str, code: str) -> Tracked:
    """The reporter's view of one report; raises Unseen for a wrong number or code alike."""
    row = report_by_code(number, code)
    case = row.case
    steps = list(
        Step.objects.filter(case=case, deed__in=_told_deeds())
        .select_related("words")
        .order_by("serial")
    )
    names = places.names_of({i for i in (case.community_id, case.grid_id) if i})
    files: dict[int | None, list[int]] = {}
    own: list[int] = []
    for report_id, step_id, file_id in Attachment.objects.filter(case=case).values_list(
        "report_id", "step_id", "file_id"
    ):
        if report_id == row.pk:
            own.append(file_id)
        elif step_id:
            files.setdefault(step_id, []).append(file_id)
    unit_names = _holder_names(steps)
    class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
    words = getattr(row, "words", None)
    closed = case.state in (State.CLOSED, State.ARCHIVED)
    # What was said of an earlier round is not said of this one.
    rated = bool(closed and row.rated_at and case.ended_at and row.rated_at >= case.ended_at)
    return Tracked(
        report_id=row.pk,
        number=row.number,
        code=secrets.receipt_code(row.pk),
        text=shown(words.text) if words else "",
        place_words=shown(words.place_words) if words else "",
        settled_place=_settled_place(row, case, steps),
        received_at=row.received_at,
        promised_at=row.promised_at,
        state=case.state,
        holder_name=case.holder.name if case.holder else "",
        holder_phone=case.holder.public_phone if case.holder else "",
        due_at=case.due_at,
        ended_at=case.ended_at,
        hung=Mark.HUNG in case.all_marks,
        round=case.round,
        class_name=class_term.label if class_term else "",
        community_name=names.get(case.community_id or 0, ""),
        grid_name=names.get(case.grid_id or 0, ""),
        steps=tuple(_public_step(step, unit_names, files) for step in steps if _is_for(step, row)),
        file_ids=tuple(own),
        resolved=row.resolved if rated else "",
        satisfied=row.satisfied if rated else "",
        may_add=case.is_open,
        may_rate=closed and not rated,
        may_reopen=case.state == State.CLOSED
        and case.ended_at is not None
        and clock.now() - case.ended_at <= timedelta(days=codes.figure("reopen_days")),
    )


def _settled_place(row: Report, case: Case, steps: list[Step]) -> str:
    """Where staff put it right to be, "" where nobody did; to a neighbor only the compound."""
    if not any("now" in step.detail for step in steps):
        return ""
    own = row.first_case_id == case.pk and not row.joined
    ids = [i for i in (case.compound_id, case.place_id if own else None) if i]
    names = places.place_names_of(ids)
    return " ".join(names[i] for i in dict.fromkeys(ids) if i in names)


def _told_deeds() -> list[Deed]:
    """Deeds a reporter is told of; the house's inner ways (lifting, merging paths) stay inside."""
    return [one.deed for one in DECLARED.values() if one.to_reporter]


def _is_for(step: Step, row: Report) -> bool:
    """A neighbor's own words and urges are theirs alone; what came to nothing, and what staff or the
    clock urge, is for none of them."""
    untold = DECLARED[Deed(step.deed)].untold
    if untold is not None and untold(step):
        return False
    if step.deed in (Deed.JOIN, Deed.REPORT) and step.report_id != row.pk:
        return False
    return step.report_id == row.pk or not DECLARED[Deed(step.deed)].own


def _holder_names(steps: list[Step]) -> dict[int, str]:
    return units.names_of({i for step in steps for i in (step.unit_id, step.holder_after_id) if i})


# Steps of which a reporter reads to whom the case went by them, and not who did them.
_GIVEN_ON = frozenset({Deed.DISPATCH, Deed.ESCALATE})


def _public_step(
    step: Step, unit_names: dict[int, str], files: dict[int | None, list[int]]
) -> PublicStep:
    words = getattr(step, "words", None)
    unit_id = step.holder_after_id if step.deed in _GIVEN_ON else step.unit_id
    return PublicStep(
        deed=step.deed,
        at=step.happened_at,
        unit_name=unit_names.get(unit_id or step.holder_after_id or 0, ""),
        words=shown(words.text) if words and words.for_reporter else "",
        reason_code=step.reason_code,
        file_ids=tuple(files.get(step.pk, ()))
        if step.deed in (Deed.FINISH, Deed.HANDLE_ON_THE_SPOT)
        else (),
        due_after=step.due_after,
    )


@dataclass(frozen=True, slots=True)
class SimilarCard:
    """An open case nearby as a stranger may see it: never words, photo or point."""

    number: str
    class_name: str
    compound_name: str
    summary: str
    days: int
    reports: int


def also_met(viewer: Viewer, district_id: int, compound_id: int | None) -> list[SimilarCard]:
    """Open cases of the same compound in the last days of the pack, at most two (我也遇到).

    Only those whose class the pack calls public (no dispute, nothing of a person), never the
    confidential ones.
    """
    if compound_id is None:
        return []
    since = clock.now() - timedelta(days=codes.figure("also_met_days"))
    rows = (
        Case.objects.filter(
            district_id=district_id,
            compound_id=compound_id,
            ended_at=None,
            reported_at__gte=since,
            confidentiality=Confidentiality.OPEN,
        )
        .filter(class_code__in=_public_classes())
        .annotate(report_count=Count("reports"))
        .order_by("-id")[:2]
    )
    compound_name = places.place_names_of([compound_id]).get(compound_id, "")
    cards = []
    for case in rows:
        class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
        cards.append(
            SimilarCard(
                number=case.number,
                class_name=class_term.label if class_term else "",
                compound_name=compound_name,
                summary=case.public_summary,
                days=(clock.now() - case.reported_at).days,
                reports=case.report_count,
            )
        )
    return cards


def _public_classes() -> tuple[str, ...]:
    return tuple(row.code for row in codes.terms("matters") if row.data.get("public") == "yes")


def joinable(number: str, district_id: int) -> Case | None:
    """The open, unconfidential case a stranger may join, or None."""
    case = Case.objects.filter(number=number).first()
    return case if case is not None and _is_joinable(case, district_id) else None


def joinable_among(case_ids: Sequence[int], district_id: int) -> dict[int, Case]:
    """Those of these cases a stranger may join, by id; one statement."""
    rows = prepared.ask(_cases_of, tuple(case_ids))
    return {case.pk: case for case in rows if _is_joinable(case, district_id)}


# By their ids alone: with the district or the end beside them SQLite reads all that are open.
def _cases_of(case_ids: Sequence[int]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=case_ids)


def _is_joinable(case: Case, district_id: int) -> bool:
    shown_to_all = case.is_open and case.confidentiality == Confidentiality.OPEN
    if not shown_to_all or case.district_id != district_id:
        return False
    class_term = codes.term("matters", case.class_code)
    return class_term is not None and class_term.data.get("public") == "yes"
