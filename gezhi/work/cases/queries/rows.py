"""A case as one line of a list, with the names of its codes and areas filled in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import shown
from gezhi.records.places import queries as places
from gezhi.work.cases.models import Assignment, Case, Report, StageRow, Step
from gezhi.work.cases.queries.visible import worded_to
from gezhi.work.cases.rules import Deed, Mark, Sight, State, is_late
from gezhi.work.cases.titles import title_of


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What a list shows of a case; no contact, no reporter.

    Of a restricted case as much as the viewer's `sight` holds: to a unit a title and place without
    the reporter's words, to a worker who is asked the place alone.
    """

    number: str
    state: str
    title: str
    public_summary: str
    place_words: str
    class_code: str
    class_name: str
    kind_name: str
    urgency: str
    community_name: str
    grid_name: str
    holder_id: int | None
    holder_name: str
    due_at: datetime | None
    light: str
    reported_at: datetime
    round: int
    version: int
    reports: int
    urged: bool
    on_the_spot: bool
    check_passed: bool
    ended_at: datetime | None
    restricted: bool
    sight: Sight
    returns: int = 0
    reworks: int = 0
    marks: frozenset[Mark] = frozenset()
    # Whose clock `due_at` is, where it is not the case's: a part of its own, or its supervision.
    clock_of: str = ""
    # The limit it came with, where that ends before the running one: the street is measured by it.
    sooner_at: datetime | None = None

    @property
    def came_back(self) -> bool:
        """Whether a unit returned it and nobody has sent it on yet."""
        return self.state == State.ACCEPTED and self.returns > 0

    @property
    def shown_state(self) -> str:
        """The state as a desk names it: a passed check waits for closing, not for another check."""
        return "closing" if self.state == State.CHECKING and self.check_passed else self.state


def light_of(
    due_at: datetime | None, began_at: datetime, now: datetime, *, hung: bool = False
) -> str:
    """green, yellow or red (standards §3.3: 红黄绿灯); paused until the review of a hung one; empty
    when no clock runs."""
    if due_at is None:
        return ""
    if is_late(due_at, now):
        return "red"
    if hung:
        return "paused"
    whole = (due_at - began_at).total_seconds()
    left = (due_at - now).total_seconds()
    return "yellow" if left < whole * codes.figure("yellow_share") else "green"


def with_counts(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The rows with words, holder, number of reports, whether somebody urges, and how often it was
    returned in this round and failed its check.

    All are asked of each row shown and not joined: a join is counted up for the whole queue
    before the first page of it is cut off.
    """
    reports = (
        Report.objects.filter(case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(number=Count("pk"))
        .values("number")
    )
    # By a person: what the clock says stands there as 快到期 and in red.
    urged = Step.objects.filter(
        case=OuterRef("pk"), deed=Deed.URGE, round=OuterRef("round"), system_name=""
    )
    sent = Assignment.objects.filter(case=OuterRef("pk"), part="lead").order_by()
    returned = (
        sent.filter(round=OuterRef("round"), returned_at__isnull=False)
        .values("case")
        .annotate(number=Count("pk"))
        .values("number")
    )
    running = StageRow.objects.filter(case=OuterRef("pk"), ended_at=None).order_by()
    failed = sent.filter(ended_at=None).values("reworked")[:1]
    return rows.select_related("words", "holder").annotate(
        report_count=Subquery(reports),
        is_urged=Exists(urged),
        return_count=Coalesce(Subquery(returned), Value(0)),
        rework_count=Coalesce(Subquery(failed), Value(0)),
        stage_began_at=Subquery(running.values("began_at")[:1]),
    )


def rows_of(viewer: Viewer, cases: Iterable[Case]) -> list[CaseRow]:
    """Rows for cases from `with_counts` that the viewer may see or is asked about.

    One query for all area names, and two more where there is a restricted case without its words.
    """
    cases = list(cases)
    sights = sights_of(viewer, cases)
    ids = {area for case in cases for area in (case.community_id, case.grid_id) if area}
    names = places.names_of(ids)
    spots = places.place_names_of({_spot(case) for case in cases if case.pk in sights})
    now = clock.now()
    return [
        _row(case, names, now)
        if case.pk not in sights
        else _kept_row(case, names, now, sights[case.pk], spots.get(_spot(case), ""))
        for case in cases
    ]


def sights_of(viewer: Viewer, cases: Iterable[Case]) -> dict[int, Sight]:
    """By id, the restricted ones of these whose words the viewer may not read; else nothing."""
    kept = {case.pk: case for case in cases if case.is_restricted}
    if not kept:
        return {}
    worded = set(worded_to(viewer, opened=True).filter(pk__in=kept).values_list("pk", flat=True))
    return {
        pk: Sight.QUESTION if case.state == State.VERIFYING else Sight.BRIEF
        for pk, case in kept.items()
        if pk not in worded
    }


def _spot(case: Case) -> int:
    """The compound, so that no dwelling tells who spoke; a road or site where there is none."""
    return case.compound_id or case.place_id or 0


def _kept_row(case: Case, names: dict[int, str], now: datetime, sight: Sight, spot: str) -> CaseRow:
    row = _row(case, names, now)
    if sight is Sight.BRIEF:
        title = row.public_summary or row.class_name or _("保密事项")
        return replace(row, title=title, place_words=spot, sight=sight)
    return replace(
        row,
        title=_("保密事项"),
        public_summary="",
        place_words=spot,
        class_code="",
        class_name="",
        kind_name="",
        sight=sight,
    )


def _row(case: Case, names: dict[int, str], now: datetime) -> CaseRow:
    words = getattr(case, "words", None)
    class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
    class_name = class_term.label if class_term else ""
    # The share that is left is of this step's time, not of the days before it.
    began_at = getattr(case, "stage_began_at", None) or case.reported_at
    kind = codes.term("request_kinds", case.kind)
    return CaseRow(
        number=case.number,
        state=case.state,
        public_summary=case.public_summary,
        title=title_of(words.title if words else "", class_name, case.number),
        place_words=shown(words.place_words) if words else "",
        class_code=case.class_code,
        class_name=class_name,
        kind_name=kind.label if kind else "",
        urgency=case.urgency,
        community_name=names.get(case.community_id or 0, ""),
        grid_name=names.get(case.grid_id or 0, ""),
        holder_id=case.holder_id,
        holder_name=case.holder.name if case.holder else "",
        due_at=case.due_at,
        light=light_of(case.due_at, began_at, now, hung=Mark.HUNG in case.all_marks),
        reported_at=case.reported_at,
        round=case.round,
        version=case.version,
        reports=getattr(case, "report_count", 1) or 0,
        urged=getattr(case, "is_urged", False),
        on_the_spot=case.on_the_spot,
        check_passed=case.check_passed,
        ended_at=case.ended_at,
        returns=getattr(case, "return_count", 0),
        reworks=getattr(case, "rework_count", 0),
        restricted=case.is_restricted,
        sight=Sight.WHOLE,
        marks=case.all_marks,
        clock_of=vars(case).get("own_clock", ""),
        sooner_at=_sooner_of(case),
    )


def _sooner_of(case: Case) -> datetime | None:
    came_with, due = case.origin_due_at, case.due_at
    return came_with if came_with and due and case.is_open and came_with < due else None
