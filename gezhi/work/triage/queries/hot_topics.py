"""Hot topics as last night found them, as far as the viewer sees their cases."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery

from gezhi.ground.codes import queries as codes
from gezhi.kernel import scope
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.queries import worded_to
from gezhi.work.cases.titles import title_of
from gezhi.work.triage.models import Topic, TopicMember

MOST_SHOWN = 100
MOST_MEMBERS = 500


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic: what, where, how many people, how hot and why.

    `people`, `messages` and the heat with its parts are of the whole topic; `seen` counts the
    messages whose case the viewer may open. `trend` counts people in equal parts of the
    window, oldest first. `monthly` marks
    a candidate of 每月一题.
    """

    key: str
    title: str
    words: tuple[str, ...]
    place: str
    people: int
    messages: int
    seen: int
    heat: float
    heat_people: float
    heat_recency: float
    heat_support: float
    heat_against: float
    first_at: datetime
    last_at: datetime
    trend: tuple[int, ...]
    organized: bool
    returning: int
    monthly: bool
    found_at: datetime


@dataclass(frozen=True, slots=True)
class TopicMemberView:
    """One message of a topic with the case it belongs to and the point for a map."""

    number: str
    title: str
    state: str
    class_name: str
    community_name: str
    received_at: datetime
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic with its messages, the newest first."""

    topic: TopicView
    members: tuple[TopicMemberView, ...]


def topics(
    viewer: Viewer, *, monthly_only: bool = False, most: int = MOST_SHOWN
) -> list[TopicView]:
    """The topics with at least one case the viewer may see, the hottest first; at most so many.

    The cases of a topic are looked at only until enough topics are found.
    """
    if viewer.is_anonymous:
        return []
    rows = Topic.objects.filter(monthly=True) if monthly_only else Topic.objects.all()
    if not viewer.is_system:
        rows = rows.filter(district_id=viewer.district_id or 0)
    found: list[TopicView] = []
    looked_at = 0
    while len(found) < most:
        hottest = list(rows[looked_at : looked_at + most])
        looked_at += len(hottest)
        seen = _seen(viewer, hottest)
        found += [_view(row, seen[row.pk]) for row in hottest if row.pk in seen]
        if len(hottest) < most:
            break
    return found[:most]


def topic(viewer: Viewer, key: str) -> TopicPage:
    """One topic with the messages the viewer may see; raises Unseen where there is none."""
    members = list(
        _members(viewer)
        .filter(topic__key=key)
        .select_related("topic", "report__case__words")
        .order_by("-report__received_at", "-id")[:MOST_MEMBERS]
    )
    if not members:
        raise Unseen("")
    cases = [member.report.case for member in members]
    names = places.names_of({case.community_id for case in cases if case.community_id})
    row = members[0].topic
    return TopicPage(
        _view(row, _members(viewer).filter(topic=row).count()),
        tuple(_member(member, names) for member in members),
    )


def _members(viewer: Viewer) -> QuerySet[TopicMember]:
    if viewer.is_anonymous:
        return TopicMember.objects.none()
    # Asked of each member, whose report and case are found by their ids: a database that may join them
    # reads all reports there are, or makes a list of all cases the viewer may see.
    report = Report.objects.filter(pk=OuterRef("report_id")).order_by()
    members = TopicMember.objects.annotate(case_id=Subquery(report.values("case_id")[:1]))
    return members.filter(scope.asked_of_each(worded_to(viewer).filter(pk=OuterRef("case_id"))))


def _seen(viewer: Viewer, among: list[Topic]) -> dict[int, int]:
    rows = _members(viewer).filter(topic__in=among).order_by().values("topic")
    return dict(rows.annotate(number=Count("pk")).values_list("topic", "number"))


def _view(row: Topic, seen: int) -> TopicView:
    return TopicView(
        key=row.key,
        title=row.title,
        words=tuple(row.words),
        place=row.place,
        people=row.people,
        messages=row.messages,
        seen=seen,
        heat=row.heat,
        heat_people=row.heat_people,
        heat_recency=row.heat_recency,
        heat_support=row.heat_support,
        heat_against=row.heat_against,
        first_at=row.first_at,
        last_at=row.last_at,
        trend=tuple(row.trend),
        organized=row.organized,
        returning=row.returning,
        monthly=row.monthly,
        found_at=row.found_at,
    )


def _member(member: TopicMember, names: dict[int, str]) -> TopicMemberView:
    case: Case = member.report.case
    words = getattr(case, "words", None)
    class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
    return TopicMemberView(
        number=case.number,
        title=title_of(
            words.title if words else "", class_term.label if class_term else "", case.number
        ),
        state=case.state,
        class_name=class_term.label if class_term else "",
        community_name=names.get(case.community_id or 0, ""),
        received_at=member.report.received_at,
        longitude=case.longitude,
        latitude=case.latitude,
    )
