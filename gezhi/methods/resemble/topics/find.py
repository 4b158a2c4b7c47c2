"""Topics of a window of reports, hottest first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble.topics import heat, naming
from gezhi.methods.resemble.topics.grow import Labels, Spots, grow
from gezhi.methods.resemble.topics.keys import keys_of
from gezhi.methods.resemble.topics.near import near
from gezhi.methods.resemble.topics.report import Topic, TopicReport
from gezhi.methods.resemble.topics.template import organized
from gezhi.methods.resemble.topics.views import Views, look

WINDOW_DAYS = 30.0
_METERS = 111_320.0  # in a degree of latitude


@dataclass(frozen=True, slots=True)
class _Found:
    """All reports in order of time, the different texts, and which topic each text is of."""

    reports: list[TopicReport]
    item_of: NDArray[np.int64]
    views: Views
    topic_of: Labels


def find_topics(
    reports: Sequence[TopicReport],
    *,
    window_days: float = WINDOW_DAYS,
    now: float | None = None,
    known: Mapping[str, Collection[int]] | None = None,
    fillers: Collection[str] = (),
) -> list[Topic]:
    """The topics at least two reports speak of, heard in the window before `now`, hottest first.

    Give all reports that may belong together, a year of them if returns are to be counted: older
    ones make a topic and its `returning`, only those of the window its people, trend and heat.
    `now` is the moment of the last report unless given; what lies after it is not heard. `known`
    maps keys of an earlier run to their members: a topic takes the key of the one it shares most
    reports with. `fillers` are words said of any case, so no topic. Equal texts count as one when topics are grown, so that copies cannot carry a
    topic. Refuses a window that is not above zero (ValueError); empty texts belong to no topic.
    """
    if not window_days > 0:
        raise ValueError("window_days must be above zero")
    if now is None:
        now = max((report.moment for report in reports), default=0.0)
    heard = sorted(
        (report for report in reports if report.moment <= now),
        key=lambda report: (report.moment, report.id),
    )
    if not heard:
        return []
    found = _find(heard)
    topics = _topics(found, known or {}, fillers, begin=now - window_days, now=now)
    return sorted(topics, key=lambda topic: (-topic.heat, topic.key))


def _topics(
    found: _Found,
    known: Mapping[str, Collection[int]],
    fillers: Collection[str],
    *,
    begin: float,
    now: float,
) -> list[Topic]:
    groups = [group for group in _groups(found) if found.reports[group[-1]].moment > begin]
    keys = keys_of([tuple(found.reports[place].id for place in group) for group in groups], known)
    copied = organized(found.views, [found.item_of[group].tolist() for group in groups])
    words = naming.words_of(found.views, [_said(found, group) for group in groups], fillers)
    return [
        _topic(found, group, marks, begin, now)
        for group, marks in zip(groups, map(_Marks, keys, words, copied), strict=True)
    ]


def _find(reports: list[TopicReport]) -> _Found:
    numbers: dict[str, int] = {}
    item_of = np.array([numbers.setdefault(report.text, len(numbers)) for report in reports])
    views = look(list(numbers))
    return _Found(reports, item_of, views, grow(views, near(views.whole), _spots(reports, item_of)))


def _spots(reports: list[TopicReport], item_of: NDArray[np.int64]) -> Spots:
    """Where each text was first said, in meters from the equator on the flat."""
    count = int(item_of.max()) + 1
    east, north = np.full(count, np.nan), np.full(count, np.nan)
    for item, report in zip(item_of[::-1], reports[::-1], strict=True):
        if report.longitude is not None and report.latitude is not None:
            east[item] = report.longitude * _METERS * np.cos(np.radians(report.latitude))
            north[item] = report.latitude * _METERS
    return Spots(east, north)


def _groups(found: _Found) -> list[list[int]]:
    """The places (in order of time) of the reports of each topic of two reports and more."""
    by_topic: dict[int, list[int]] = {}
    for place, item in enumerate(found.item_of):
        if found.reports[place].text.strip():
            by_topic.setdefault(int(found.topic_of[item]), []).append(place)
    return [group for group in by_topic.values() if len(group) > 1]


def _said(found: _Found, group: list[int]) -> tuple[list[str], set[str]]:
    """The different texts of a topic and the names in those that name it."""
    firsts = {int(found.item_of[place]): place for place in reversed(group)}
    items = list(dict.fromkeys(found.item_of[group].tolist()))
    naming_it = items[: naming.SUBJECTS]
    names = {name for item in naming_it for part in found.views.names[item] for name in part}
    return [found.reports[firsts[item]].text for item in items], names


@dataclass(frozen=True, slots=True)
class _Marks:
    """What was found of all topics at once."""

    key: str
    words: tuple[str, ...]
    organized: bool


def _topic(found: _Found, group: list[int], marks: _Marks, begin: float, now: float) -> Topic:
    members = [found.reports[place] for place in group]
    window = [report for report in members if report.moment > begin]
    items = list(dict.fromkeys(found.item_of[group].tolist()))
    place = naming.place_of(found.views, items, [report.area for report in members])
    parts = heat.heat_of(window, now)
    return Topic(
        key=marks.key,
        title=" ".join([place, *marks.words[:2]]).strip(),
        words=marks.words,
        place=place,
        members=tuple(report.id for report in members),
        people=len({heat.person_of(report) for report in window}),
        first=members[0].moment,
        last=members[-1].moment,
        heat=round(parts.people + parts.recency + parts.support + parts.against, 4),
        heat_parts=parts,
        trend=heat.trend_of(window, begin, now),
        organized=marks.organized,
        returning=heat.returns_of(members),
    )
