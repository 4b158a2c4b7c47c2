"""Questions only a desk asks: what lies near a case, whose clock ran how long, an area's figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case as Choice
from django.db.models import Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.kernel.digits import CASE_DIGITS, number_in
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import shown
from gezhi.records.places.models import Area
from gezhi.records.units.models import Unit
from gezhi.work.cases.asides import marked
from gezhi.work.cases.models import Attachment, Case, Report, Step
from gezhi.work.cases.queries import belonging
from gezhi.work.cases.queries.queues import cases_in, queues_for
from gezhi.work.cases.queries.rows import CaseRow, rows_of, with_counts
from gezhi.work.cases.queries.searched import ended_holding, holding
from gezhi.work.cases.queries.visible import openable_by, visible_or_asked, visible_to, worded_to
from gezhi.work.cases.rules import Deed, Mark

# Figures of an area look back this many days: a week, so that weekdays weigh the same.
FIGURE_DAYS = 7


def near(viewer: Viewer, case: Case, *, unnamed_too: bool = False, limit: int = 6) -> list[CaseRow]:
    """Open cases this one may be the same as: of its compound or its very place, or of its class in
    its community; `unnamed_too`: of its grid, where nobody has given one of the two a class yet.

    The newest first; only what the viewer may see, never the case itself.
    """
    alike = Q(pk__in=[])
    if case.compound_id:
        alike |= Q(compound_id=case.compound_id)
    if case.place_id:
        alike |= Q(place_id=case.place_id)
    if case.class_code and case.community_id:
        alike |= Q(class_code=case.class_code, community_id=case.community_id)
    if case.grid_id and unnamed_too:
        unnamed = Q(grid_id=case.grid_id)
        alike |= unnamed & Q(class_code="") if case.class_code else unnamed
    rows = visible_to(viewer).filter(alike, ended_at=None).exclude(pk=case.pk).order_by("-id")
    return rows_of(viewer, with_counts(rows)[:limit])


def of_place(
    viewer: Viewer, place_id: int, compound_id: int | None, *, limit: int = 5
) -> list[CaseRow]:
    """The last cases of a place, or of the compound it stands in; open and ended, newest first."""
    here = Q(place_id=place_id)
    if compound_id:
        here |= Q(compound_id=compound_id)
    return rows_of(viewer, with_counts(visible_to(viewer).filter(here).order_by("-id"))[:limit])


def by_numbers(viewer: Viewer, numbers: Sequence[str]) -> list[CaseRow]:
    """The rows of these numbers in their order; numbers the viewer may not see, and is not asked
    about, are left out."""
    rows = rows_of(viewer, with_counts(visible_or_asked(viewer).filter(number__in=numbers)))
    return sorted(rows, key=lambda row: numbers.index(row.number))


def soonest(viewer: Viewer, *, limit: int = 8) -> list[CaseRow]:
    """What turns red first of all that waits for this viewer, over all their own queues; what is
    supervised before everything else."""
    own = [cases_in(viewer, queue.name) for queue in queues_for(viewer) if queue.own]
    if not own:
        return []
    last = When(marked(Mark.SUPERVISED), then=0)
    rows = reduce(or_, own).order_by(Choice(last, default=1), "due_at", "id")
    return rows_of(viewer, with_counts(rows)[:limit])


def numbered(viewer: Viewer, number: str) -> str:
    """The case number of a case or report number, if the viewer may see the case; else "".

    A report leads to its case only whoever may read what was reported.
    """
    if len(number) == CASE_DIGITS:
        rows = openable_by(viewer).filter(number=number)
    else:
        reports = Report.objects.filter(district_id=viewer.district_id or 0, number=number)
        rows = worded_to(viewer).filter(pk__in=reports.values("case_id"))
    return rows.values_list("number", flat=True).first() or ""


def found(viewer: Viewer, words: str, *, limit: int = 30) -> tuple[list[CaseRow], list[CaseRow]]:
    """Open and ended cases whose title and place hold the words: the soonest due, the newest.

    Nobody's words hold the whole number of a case: the one it names is no find but a page.
    """
    if len(number_in(words)) == CASE_DIGITS:
        return [], []
    rows = with_counts(worded_to(viewer))
    open_ones = rows.filter(holding(words), ended_at=None).order_by("due_at", "id")
    running = list(open_ones[:limit])
    ended = ended_holding(viewer, rows.filter(ended_at__isnull=False), words, limit=limit)
    shown = rows_of(viewer, [*running, *ended])
    return shown[: len(running)], shown[len(running) :]


def is_in(viewer: Viewer, queue: str, number: str) -> bool:
    """Whether a case stands in a queue of the viewer now; what leaves it after a deed is taken out."""
    return cases_in(viewer, queue).filter(number=number).exists()


def report_in(viewer: Viewer, case_number: str, report_number: str) -> Report:
    """One report of a case whose words the viewer may read, as deeds for a report need it; Unseen
    otherwise."""
    report = (
        Report.objects.select_related("case")
        .filter(
            number=report_number, case__in=worded_to(viewer, opened=True).filter(number=case_number)
        )
        .first()
    )
    if report is None:
        raise Unseen(_("没有找到这条诉求"))
    return report


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stretch of a case under one clock, as it is explained on its page."""

    id: int
    stage: str
    round: int
    unit_id: int
    began_at: datetime
    due_at: datetime
    provisional: bool
    calendar_version: str
    limit_words: str
    ended_at: datetime | None
    on_time: bool | None


def stages(case: Case) -> list[StageLine]:
    """The clocks of a case the viewer was shown, in order; the running one has no end."""
    return [
        StageLine(
            id=row.pk,
            stage=row.stage,
            round=row.round,
            unit_id=row.unit_id,
            began_at=row.began_at,
            due_at=row.due_at,
            provisional=row.provisional,
            calendar_version=row.calendar_version,
            limit_words=row.limit_words,
            ended_at=row.ended_at,
            on_time=row.on_time,
        )
        for row in belonging.stages(case.pk)
    ]


@dataclass(frozen=True, slots=True)
class Result:
    """What was done and what a check said, for passing several cases one beside the other."""

    done_words: str
    done_by: str
    done_unit: str
    done_at: datetime | None
    before_ids: tuple[int, ...]
    after_ids: tuple[int, ...]
    check_words: str
    check_by: str
    check_ids: tuple[int, ...]


_DONE = (Deed.FINISH, Deed.HANDLE_ON_THE_SPOT)


def results(viewer: Viewer, numbers: Iterable[str]) -> dict[str, Result]:
    """The last result and check of each of these cases that the viewer may see; two queries."""
    seen = openable_by(viewer).filter(number__in=list(numbers))
    last: dict[str, dict[str, Step]] = {}
    steps = Step.objects.filter(case__in=seen, deed__in=(*_DONE, Deed.CHECK))
    # The names are asked of each step shown: two queries less a page.
    named = steps.select_related("words", "case").annotate(
        doer=Subquery(User.objects.filter(pk=OuterRef("user_id")).values("name")),
        unit_name=Subquery(Unit.objects.filter(pk=OuterRef("unit_id")).order_by().values("name")),
    )
    for step in named.order_by("serial"):
        sort = "check" if step.deed == Deed.CHECK else "done"
        last.setdefault(step.case.number, {})[sort] = step
    chosen = [step for pair in last.values() for step in pair.values()]
    files: dict[tuple[int, str], list[int]] = {}
    for step_id, purpose, file_id in Attachment.objects.filter(
        step_id__in=[step.pk for step in chosen]
    ).values_list("step_id", "purpose", "file_id"):
        files.setdefault((step_id or 0, purpose), []).append(file_id)
    return {
        number: _result(pair.get("done"), pair.get("check"), files) for number, pair in last.items()
    }


def _result(
    done: Step | None,
    check: Step | None,
    files: dict[tuple[int, str], list[int]],
) -> Result:
    def said(step: Step | None) -> str:
        words = getattr(step, "words", None)
        return shown(words.text) if words else ""

    def doer(step: Step | None) -> str:
        return getattr(step, "doer", None) or ""

    def photos(step: Step | None, purpose: str) -> tuple[int, ...]:
        return tuple(files.get((step.pk, purpose), ())) if step else ()

    return Result(
        done_words=said(done),
        done_by=doer(done),
        done_unit=getattr(done, "unit_name", None) or "",
        done_at=done.happened_at if done else None,
        before_ids=photos(done, "before"),
        after_ids=photos(done, "after"),
        check_words=said(check),
        check_by=doer(check),
        check_ids=photos(check, "check"),
    )


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """An area's open, overdue and lately ended cases; `community_id` None: on no community."""

    community_id: int | None
    name: str
    open: int
    overdue: int
    ended: int


def figures(viewer: Viewer) -> list[AreaFigures]:
    """By community, what of it the viewer may see: open now, overdue now, ended in seven days.

    One query, each part with an index of its own; each number is the length of the list it opens,
    which leaves out the cases of drills, too.
    """
    now = clock.now()
    since = now - timedelta(days=FIGURE_DAYS)
    none = Value(0)
    standing = (
        visible_to(viewer)
        .filter(ended_at=None)
        .values_list(_COMMUNITY)
        .annotate(
            name=_community_name(),
            opened=Count("pk"),
            late=Count("pk", filter=Q(due_at__lt=now)),
            gone=none,
        )
    )
    ended = (
        visible_to(viewer)
        .filter(ended_at__gte=since)
        .values_list(_COMMUNITY)
        .annotate(name=_community_name(), opened=none, late=none, gone=Count("pk"))
    )
    # Taken off again: the indexes of the two above know nothing of marks, that of the few marked does.
    drilled = (
        visible_to(viewer)
        .filter(~Q(marks=""), marked(Mark.DRILL))
        .values_list(_COMMUNITY)
        .annotate(
            name=_community_name(),
            opened=-Count("pk", filter=Q(ended_at=None)),
            late=-Count("pk", filter=Q(ended_at=None, due_at__lt=now)),
            gone=-Count("pk", filter=Q(ended_at__gte=since)),
        )
    )
    names: dict[int | None, str] = {}
    found: dict[int | None, list[int]] = {}
    for area, name, *numbers in standing.union(ended, drilled, all=True):
        names[area] = name or ""
        found[area] = [sum(pair) for pair in zip(found.get(area, [0, 0, 0]), numbers, strict=True)]
    return [
        AreaFigures(area, names[area], *found[area])
        for area in sorted(found, key=lambda area: area or 0)
        if any(found[area])
    ]


# A sum is no column of an index: else SQLite reads all that ever ended, to have it by community.
_COMMUNITY = F("community_id") + 0


def _community_name() -> Subquery:
    """The short name of a case's community; with its figures, no page asks for it apart."""
    rows = Area.objects.filter(pk=OuterRef("community_id")).order_by()
    short = Coalesce(NullIf("short_name", Value("")), "name")
    return Subquery(rows.annotate(called=short).values("called"))
