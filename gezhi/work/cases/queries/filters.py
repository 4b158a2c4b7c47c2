"""What a list of cases may be narrowed by, and as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from gezhi.kernel import clock
from gezhi.kernel.ids import typed_id
from gezhi.work.cases.asides import marked, real
from gezhi.work.cases.models import Report
from gezhi.work.cases.rules import ENDED, Mark

# What a list of cases that no community is known of is narrowed by.
IN_NO_COMMUNITY = "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list may be narrowed by; empty is no narrowing.

    `accepted_*` and `ended_*` are days of China, both counted; `again` leaves those that are handled
    a second time; `channel` those of which a report came by this way.
    """

    class_code: str = ""
    community_id: int | None = None
    in_no_community: bool = False
    grid_id: int | None = None
    holder_id: int | None = None
    light: str = ""
    words: str = ""
    days: int | None = None
    mark: Mark | None = None
    urgency: str = ""
    kind: str = ""
    channel: str = ""
    again: bool = False
    # Without those of drills, as every figure is.
    real: bool = False
    accepted_from: date | None = None
    accepted_to: date | None = None
    ended_from: date | None = None
    ended_to: date | None = None

    @property
    def fits_a_shape(self) -> bool:
        """Whether nothing is set but what has few values: a statement is kept for each shape."""
        few = replace(
            self,
            community_id=None,
            in_no_community=False,
            holder_id=None,
            light="",
            real=False,
        )
        return few == Filters()

    @property
    def is_seldom(self) -> bool:
        """Whether so few of all that ever ended fit that they are found before they are ordered."""
        return any((self.days, self.mark, self.ended_from, self.ended_to, self.accepted_from))


def kept(parameters: Mapping[str, str]) -> Filters:
    """Filters from a query string; what is not understood is left out."""

    def whole(name: str) -> int | None:
        return typed_id(parameters.get(name, ""))

    def day(name: str) -> date | None:
        return day_in(parameters.get(name, ""))

    mark = parameters.get("mark", "")
    return Filters(
        class_code=parameters.get("class", "")[:40],
        community_id=whole("community"),
        in_no_community=parameters.get("community") == IN_NO_COMMUNITY,
        grid_id=whole("grid"),
        holder_id=whole("holder"),
        light=parameters.get("light", "")[:10],
        words=parameters.get("q", "")[:60],
        days=min(whole("days") or 0, 3650) or None,
        mark=Mark(mark) if mark in set(Mark) else None,
        urgency=parameters.get("urgency", "")[:20],
        kind=parameters.get("kind", "")[:20],
        channel=parameters.get("channel", "")[:40],
        again=bool(parameters.get("again")),
        real=bool(parameters.get("real")),
        accepted_from=day("accepted_from"),
        accepted_to=day("accepted_to"),
        ended_from=day("ended_from"),
        ended_to=day("ended_to"),
    )


def day_in(text: str) -> date | None:
    """The day a text of an address says, "2026-11-23"; None for what is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # Beyond these no moment can be reckoned from it.
    return found if 1970 <= found.year <= 9000 else None


def narrowing(filters: Filters) -> Q:
    """The cases that fit, but for words: what may be read of them is asked where they are sought."""
    narrowed = _by_area(filters) & _by_matter(filters)
    if filters.holder_id:
        narrowed &= Q(holder_id=filters.holder_id)
    if filters.days:
        since = clock.now() - timedelta(days=filters.days)
        narrowed &= Q(state__in=ENDED, ended_at__gte=since)
    if filters.light == "red":
        narrowed &= Q(due_at__lt=clock.now())
    if filters.mark:
        # Said of each: the indexes of the few with something beside them hold no others.
        narrowed &= ~Q(marks="") & marked(filters.mark)
    if filters.again:
        narrowed &= Q(round__gt=1)
    if filters.real:
        narrowed &= real()
    narrowed &= _between("accepted_at", filters.accepted_from, filters.accepted_to)
    return narrowed & _between("ended_at", filters.ended_from, filters.ended_to)


def _by_area(filters: Filters) -> Q:
    narrowed = Q()
    if filters.community_id:
        narrowed &= Q(community_id=filters.community_id)
    if filters.in_no_community:
        narrowed &= Q(community_id=None)
    if filters.grid_id:
        narrowed &= Q(grid_id=filters.grid_id)
    return narrowed


def _by_matter(filters: Filters) -> Q:
    narrowed = Q()
    if filters.class_code:
        narrowed &= Q(class_code__startswith=filters.class_code)
    if filters.urgency:
        narrowed &= Q(urgency=filters.urgency)
    if filters.kind:
        narrowed &= Q(kind=filters.kind)
    if filters.channel:
        # Any of its reports: a matter that two people raise by two ways came by both.
        came = Report.objects.filter(case=OuterRef("pk"), channel=filters.channel)
        narrowed &= Q(Exists(came))
    return narrowed


def _between(column: str, first: date | None, last: date | None) -> Q:
    between = Q()
    if first:
        between &= Q(**{f"{column}__gte": _begin_of(first)})
    if last:
        between &= Q(**{f"{column}__lt": _begin_of(last + timedelta(days=1))})
    return between


def _begin_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)
