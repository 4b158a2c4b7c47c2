"""热点: what many people speak of, where, how hot and why; its cases, trend and map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.triage.trend import Bars, Spark, bars, lately_words, spark
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Fact, MenuEntry, Tab
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.work.triage import queries as triage
from gezhi.work.triage.queries import TopicMemberView, TopicView

# Who sees over more than one grid; whoever handles single cases has no use of it.
DIGEST_LINES = 3
SHOWN_MEMBERS = 50
# A map of a street shows its communities, one of a community its grids.
_DRAWN = {
    Level.DISTRICT: Level.STREET,
    Level.STREET: Level.COMMUNITY,
    Level.COMMUNITY: Level.GRID,
    Level.GRID: Level.GRID,
}


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic of the list: its numbers in words, its trend as a drawing."""

    title: str
    url: str
    place: str
    people: int
    messages: int
    seen: int
    heat: str
    heat_words: str
    lately: str
    last_at: datetime
    trend: Spark | None
    badges: tuple[tuple[str, str], ...]


@require_GET
@staff_only(Right.READ_TOPICS)
def topics(request: HttpRequest) -> HttpResponse:
    """The topics with a case the viewer may open, the hottest first; `?monthly=1` the candidates
    of 每月一题."""
    every = triage.topics(viewer_in(request))
    monthly = [one for one in every if one.monthly]
    only = request.GET.get("monthly") == "1"
    address = reverse("desk:topics")
    context = {
        "topics": [line_of(one) for one in (monthly if only else every)],
        "monthly": only,
        "found_at": max((one.found_at for one in every), default=None),
        "tabs": [
            Tab(_("全部热点"), address, len(every), not only),
            Tab(_("每月一题候选"), f"{address}?monthly=1", len(monthly), only),
        ],
    }
    return render(request, "desk/triage/topics.html", context)


@require_GET
@staff_only(Right.READ_TOPICS)
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """One topic with the messages the viewer may open; Unseen where there is none."""
    found = triage.topic(viewer_in(request), key)
    menu.stand_at(request, reverse("desk:topics"))
    members = found.members
    if request.GET.get("all") != "yes":
        members = members[:SHOWN_MEMBERS]
    context = {
        "topic": line_of(found.topic),
        "view": found.topic,
        "bars": _bars(found.topic),
        "heat_facts": heat_facts(found.topic),
        "members": members,
        "more": len(found.members) - len(members),
        "has_points": any(one.longitude is not None for one in found.members),
        "places_url": reverse("desk:topic_places", args=[key]),
    }
    return render(request, "desk/triage/topic.html", context)


@require_GET
@staff_only(Right.READ_TOPICS)
def topic_places(request: HttpRequest, key: str) -> JsonResponse:
    """The points of a topic's cases over the viewer's own borders, as GeoJSON in CGCS2000; only of
    cases the viewer may open. Unseen for any other topic."""
    viewer = viewer_in(request)
    found = triage.topic(viewer, key)
    drawn = _borders(viewer)
    drawn["features"] = [*drawn["features"], *(_point(one) for one in _placed(found.members))]
    return JsonResponse(drawn)


def digest(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any] | None:
    """The three hottest topics, for the first page of whoever oversees the area; None without."""
    hottest = [line_of(one) for one in triage.topics(viewer, most=DIGEST_LINES)]
    return {"topics": hottest} if hottest else None


def line_of(one: TopicView) -> TopicLine:
    """A topic as a line of the list."""
    return TopicLine(
        title=one.title or "、".join(one.words[:3]) or one.place,
        url=reverse("desk:topic", args=[one.key]),
        place=one.place,
        people=one.people,
        messages=one.messages,
        seen=one.seen,
        heat=f"{one.heat:.1f}",
        heat_words="，".join(f"{name} {value}" for name, value in heat_facts(one)),
        lately=lately_words(one.trend),
        last_at=one.last_at,
        trend=spark(one.trend),
        badges=tuple(badges(one)),
    )


def badges(one: TopicView) -> list[tuple[str, str]]:
    """What makes this one other than its neighbors: words and kind."""
    found = []
    if one.monthly:
        found.append((_("每月一题候选"), "open"))
    if one.returning:
        found.append((_("反复出现 %(number)d 次") % {"number": one.returning}, "warn"))
    if one.organized:
        found.append((_("有组织的模板信"), "line"))
    return found


def heat_facts(one: TopicView) -> list[Fact]:
    """What the heat is made of; parts that add nothing are left out."""
    parts = (
        (_("人数"), one.heat_people),
        (_("新近"), one.heat_recency),
        (_("支持"), one.heat_support),
        (_("反对"), one.heat_against),
    )
    return [Fact(name, f"{value:+.1f}") for name, value in parts if round(value, 1)]


def _bars(one: TopicView) -> Bars | None:
    return bars(one.trend)


def _borders(viewer: Viewer) -> dict[str, Any]:
    """What is drawn below the points: the borders of the widest area the viewer sits over."""
    for level, below in _DRAWN.items():
        seat = next((seat for seat in viewer.seats if seat.level == level), None)
        if seat is not None:
            drawn: dict[str, Any] = places.borders_geojson(viewer, seat.area_id, below)
            return drawn
    return {"type": "FeatureCollection", "features": []}


def _placed(members: tuple[TopicMemberView, ...]) -> list[TopicMemberView]:
    return [one for one in members if one.longitude is not None and one.latitude is not None]


def _point(one: TopicMemberView) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": "", "current": True},
        "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
    }
