"""Found topics taken apart by what the office knows of their cases: class and community.

The method reads words only. Short messages in an operator's standard words are alike though they
speak of a lamp here and a lift there; the case knows its class and its place.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gezhi.methods.resemble.topics import Topic, TopicReport
from gezhi.methods.resemble.topics.heat import heat_of, person_of, returns_of, trend_of
from gezhi.methods.resemble.topics.keys import keys_of

_FAMILY = re.compile(r"[a-z_]+-\d\d")


@dataclass(frozen=True, slots=True)
class KnownReport:
    """One report with what its case knows: class (chosen, else advised), community, place by name."""

    report: TopicReport
    class_code: str
    class_name: str
    community_id: int
    community: str
    place: str


def refined(
    found: Sequence[Topic],
    reports: Mapping[int, KnownReport],
    *,
    known: Mapping[str, Sequence[int]],
    now: float,
    window_days: float,
    least_people: int,
) -> list[Topic]:
    """The topics by family of class and by community, hottest first, named by place and class.

    A report without a class goes with the most of its community in the topic. Drops what fewer than
    `least_people` spoke of in the window. Keys as in `find_topics`.
    """
    begin = now - window_days
    groups = [(topic, group) for topic in found for group in _parts(topic, reports)]
    groups = [pair for pair in groups if _people(_heard(pair[1], reports, begin)) >= least_people]
    keys = keys_of([group for _topic, group in groups], known)
    topics = [
        _narrowed(topic, key, [reports[number] for number in group], begin, now)
        for (topic, group), key in zip(groups, keys, strict=True)
    ]
    return sorted(topics, key=lambda topic: (-topic.heat, topic.key))


def _parts(topic: Topic, reports: Mapping[int, KnownReport]) -> list[tuple[int, ...]]:
    parts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number in topic.members:
        one = reports[number]
        parts[one.community_id, family_of(one.class_code)].append(number)
    for (community, family), numbers in list(parts.items()):
        others = [key for key in parts if key[0] == community and key[1]]
        if not family and others:
            parts[max(others, key=lambda key: (len(parts[key]), key))] += numbers
            del parts[community, family]
    return [tuple(sorted(numbers)) for numbers in parts.values()]


def family_of(class_code: str) -> str:
    """The broad class a code belongs to (`event-0301` is of `event-03`); "" for none."""
    found = _FAMILY.match(class_code)
    return found.group() if found else class_code


def _heard(
    group: Sequence[int], reports: Mapping[int, KnownReport], begin: float
) -> list[TopicReport]:
    return [reports[number].report for number in group if reports[number].report.moment > begin]


def _people(reports: Sequence[TopicReport]) -> int:
    return len({person_of(report) for report in reports})


def _narrowed(
    topic: Topic, key: str, members: list[KnownReport], begin: float, now: float
) -> Topic:
    reports = sorted((one.report for one in members), key=lambda report: (report.moment, report.id))
    window = [report for report in reports if report.moment > begin]
    parts = heat_of(window, now)
    place = _place(members)
    return replace(
        topic,
        key=key,
        title=_title(topic, members, place),
        place=place or topic.place,
        words=_words(topic, reports),
        members=tuple(report.id for report in reports),
        people=_people(window),
        first=reports[0].moment,
        last=reports[-1].moment,
        heat=round(parts.people + parts.recency + parts.support + parts.against, 4),
        heat_parts=parts,
        trend=trend_of(window, begin, now),
        organized=topic.organized and _mostly_copies(reports),
        returning=returns_of(reports),
    )


def _words(topic: Topic, reports: Sequence[TopicReport]) -> tuple[str, ...]:
    """Of the words of the whole those that a quarter of this part says, and at least two."""
    least = max(2, -(-len(reports) // 4))
    return tuple(
        word for word in topic.words if sum(word in report.text for report in reports) >= least
    )


def _place(members: Sequence[KnownReport]) -> str:
    """The place most of them lie at, else the community."""
    name, count = Counter(one.place for one in members).most_common(1)[0]
    return name if name and 2 * count > len(members) else members[0].community


def _title(topic: Topic, members: Sequence[KnownReport], place: str) -> str:
    """Place and class as the office calls them; the words of the method where no class is known."""
    name, _count = Counter(one.class_name for one in members).most_common(1)[0]
    if not name:
        return topic.title
    return f"{place} {name}".strip()


def _mostly_copies(reports: Sequence[TopicReport]) -> bool:
    texts = Counter(report.text for report in reports)
    return 2 * sum(count for count in texts.values() if count > 1) > len(reports)
