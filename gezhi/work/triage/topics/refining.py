"""Found topics taken apart by what the office knows of their cases: kind of matter and community.

The method reads words only. Short messages in an operator's standard words are alike though they
speak of a lamp here and a lift there; the case knows its class and its place.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gezhi.methods.resemble.topics import Topic, Voice
from gezhi.methods.resemble.topics.heat import heat_of, person_of, returns_of, trend_of
from gezhi.methods.resemble.topics.keys import keys_of

_FAMILY = re.compile(r"[a-z_]+-\d\d")


@dataclass(frozen=True, slots=True)
class Told:
    """One voice with what its case knows: class (chosen, else advised), community, place by name."""

    voice: Voice
    class_code: str
    class_name: str
    community_id: int
    community: str
    place: str


def refined(
    found: Sequence[Topic],
    told: Mapping[int, Told],
    *,
    known: Mapping[str, Sequence[int]],
    now: float,
    window_days: float,
    least_people: int,
) -> list[Topic]:
    """The topics by family of class and by community, hottest first, named by place and class.

    A voice without a class goes with the most of its community in the topic. Drops what fewer than
    `least_people` spoke of in the window. Keys as in `find_topics`.
    """
    begin = now - window_days
    groups = [(topic, group) for topic in found for group in _parts(topic, told)]
    groups = [pair for pair in groups if _people(_heard(pair[1], told, begin)) >= least_people]
    keys = keys_of([group for _topic, group in groups], known)
    topics = [
        _narrowed(topic, key, [told[number] for number in group], begin, now)
        for (topic, group), key in zip(groups, keys, strict=True)
    ]
    return sorted(topics, key=lambda topic: (-topic.heat, topic.key))


def _parts(topic: Topic, told: Mapping[int, Told]) -> list[tuple[int, ...]]:
    parts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number in topic.members:
        one = told[number]
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


def _heard(group: Sequence[int], told: Mapping[int, Told], begin: float) -> list[Voice]:
    return [told[number].voice for number in group if told[number].voice.moment > begin]


def _people(voices: Sequence[Voice]) -> int:
    return len({person_of(voice) for voice in voices})


def _narrowed(topic: Topic, key: str, members: list[Told], begin: float, now: float) -> Topic:
    voices = sorted((one.voice for one in members), key=lambda voice: (voice.moment, voice.id))
    window = [voice for voice in voices if voice.moment > begin]
    parts = heat_of(window, now)
    place = _place(members)
    return replace(
        topic,
        key=key,
        title=_title(topic, members, place),
        place=place or topic.place,
        words=_words(topic, voices),
        members=tuple(voice.id for voice in voices),
        people=_people(window),
        first=voices[0].moment,
        last=voices[-1].moment,
        heat=round(parts.people + parts.recency + parts.support + parts.against, 4),
        heat_parts=parts,
        trend=trend_of(window, begin, now),
        organized=topic.organized and _mostly_copies(voices),
        returning=returns_of(voices),
    )


def _words(topic: Topic, voices: Sequence[Voice]) -> tuple[str, ...]:
    """Of the words of the whole those that a quarter of this part says, and at least two."""
    least = max(2, -(-len(voices) // 4))
    return tuple(
        word for word in topic.words if sum(word in voice.text for voice in voices) >= least
    )


def _place(members: Sequence[Told]) -> str:
    """The place most of them lie at, else the community."""
    name, count = Counter(one.place for one in members).most_common(1)[0]
    return name if name and 2 * count > len(members) else members[0].community


def _title(topic: Topic, members: Sequence[Told], place: str) -> str:
    """Place and class as the office calls them; the words of the method where no class is known."""
    name, _count = Counter(one.class_name for one in members).most_common(1)[0]
    if not name:
        return topic.title
    return f"{place} {name}".strip()


def _mostly_copies(voices: Sequence[Voice]) -> bool:
    texts = Counter(voice.text for voice in voices)
    return 2 * sum(count for count in texts.values() if count > 1) > len(voices)
