"""Topics of a window of voices, hottest first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble.topics import heat, naming
from gezhi.methods.resemble.topics.grow import Labels, Spots, grow
from gezhi.methods.resemble.topics.keys import keys_of
from gezhi.methods.resemble.topics.near import near
from gezhi.methods.resemble.topics.template import organized
from gezhi.methods.resemble.topics.views import Views, look
from gezhi.methods.resemble.topics.voice import Topic, Voice

WINDOW_DAYS = 30.0
_METERS = 111_320.0  # in a degree of latitude


@dataclass(frozen=True, slots=True)
class _Found:
    """All voices in order of time, the different texts, and which topic each text is of."""

    voices: list[Voice]
    item_of: NDArray[np.int64]
    views: Views
    topic_of: Labels


def find_topics(
    voices: Sequence[Voice],
    *,
    window_days: float = WINDOW_DAYS,
    now: float | None = None,
    known: Mapping[str, Collection[int]] | None = None,
    fillers: Collection[str] = (),
) -> list[Topic]:
    """The topics at least two voices speak of, heard in the window before `now`, hottest first.

    Give all voices that may belong together, a year of them if returns are to be counted: older
    ones make a topic and its `returning`, only those of the window its people, trend and heat.
    `now` is the moment of the last voice unless given; what lies after it is not heard. `known`
    maps keys of an earlier run to their members: a topic takes the key of the one it shares most
    voices with. `fillers` are words that name no matter, so no topic. Equal texts count as one when topics are grown, so that copies cannot carry a
    topic. Refuses a window that is not above zero (ValueError); empty texts belong to no topic.
    """
    if not window_days > 0:
        raise ValueError("window_days must be above zero")
    if now is None:
        now = max((voice.moment for voice in voices), default=0.0)
    heard = sorted(
        (voice for voice in voices if voice.moment <= now),
        key=lambda voice: (voice.moment, voice.id),
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
    groups = [group for group in _groups(found) if found.voices[group[-1]].moment > begin]
    keys = keys_of([tuple(found.voices[place].id for place in group) for group in groups], known)
    copied = organized(found.views, [found.item_of[group].tolist() for group in groups])
    words = naming.words_of(found.views, [_said(found, group) for group in groups], fillers)
    return [
        _topic(found, group, marks, begin, now)
        for group, marks in zip(groups, map(_Marks, keys, words, copied), strict=True)
    ]


def _find(voices: list[Voice]) -> _Found:
    numbers: dict[str, int] = {}
    item_of = np.array([numbers.setdefault(voice.text, len(numbers)) for voice in voices])
    views = look(list(numbers))
    return _Found(voices, item_of, views, grow(views, near(views.whole), _spots(voices, item_of)))


def _spots(voices: list[Voice], item_of: NDArray[np.int64]) -> Spots:
    """Where each text was first said, in meters from the equator on the flat."""
    count = int(item_of.max()) + 1
    east, north = np.full(count, np.nan), np.full(count, np.nan)
    for item, voice in zip(item_of[::-1], voices[::-1], strict=True):
        if voice.longitude is not None and voice.latitude is not None:
            east[item] = voice.longitude * _METERS * np.cos(np.radians(voice.latitude))
            north[item] = voice.latitude * _METERS
    return Spots(east, north)


def _groups(found: _Found) -> list[list[int]]:
    """The places (in order of time) of the voices of each topic of two voices and more."""
    by_topic: dict[int, list[int]] = {}
    for place, item in enumerate(found.item_of):
        if found.voices[place].text.strip():
            by_topic.setdefault(int(found.topic_of[item]), []).append(place)
    return [group for group in by_topic.values() if len(group) > 1]


def _said(found: _Found, group: list[int]) -> tuple[list[str], set[str]]:
    """The different texts of a topic and the names in those that name it."""
    firsts = {int(found.item_of[place]): place for place in reversed(group)}
    items = list(dict.fromkeys(found.item_of[group].tolist()))
    naming_it = items[: naming.SUBJECTS]
    names = {name for item in naming_it for part in found.views.names[item] for name in part}
    return [found.voices[firsts[item]].text for item in items], names


@dataclass(frozen=True, slots=True)
class _Marks:
    """What was found of all topics at once."""

    key: str
    words: tuple[str, ...]
    organized: bool


def _topic(found: _Found, group: list[int], marks: _Marks, begin: float, now: float) -> Topic:
    members = [found.voices[place] for place in group]
    window = [voice for voice in members if voice.moment > begin]
    items = list(dict.fromkeys(found.item_of[group].tolist()))
    place = naming.place_of(found.views, items, [voice.area for voice in members])
    parts = heat.heat_of(window, now)
    return Topic(
        key=marks.key,
        title=" ".join([place, *marks.words[:2]]).strip(),
        words=marks.words,
        place=place,
        members=tuple(voice.id for voice in members),
        people=len({heat.person_of(voice) for voice in window}),
        first=members[0].moment,
        last=members[-1].moment,
        heat=round(parts.people + parts.recency + parts.support + parts.against, 4),
        heat_parts=parts,
        trend=heat.trend_of(window, begin, now),
        organized=marks.organized,
        returning=heat.returns_of(members),
    )
