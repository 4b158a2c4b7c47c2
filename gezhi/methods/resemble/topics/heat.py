"""How hot a topic is: people, not messages, how lately, and the clicks for and against."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from gezhi.methods.resemble.topics.voice import HeatParts, Voice

HALF_LIFE = 7.0  # days after which a person's last word counts half for recency
PEOPLE, RECENCY, SUPPORT, AGAINST = 10.0, 10.0, 4.0, 2.0  # for each doubling
SILENCE = 30.0  # days without a word after which a topic has come back
PARTS = 12  # of the window, for the trend


def person_of(voice: Voice) -> str:
    """Who speaks: the person, or for a voice without one the voice itself."""
    return voice.person or f"\x00{voice.id}"


def heat_of(voices: Sequence[Voice], now: float) -> HeatParts:
    """The heat of the voices of one window, each part a logarithm, so that none drowns the rest.

    A person who writes ten times is one; a person heard a week ago counts half as recent. Clicks
    against count too, but half: a matter that divides people is hot.
    """
    last: dict[str, float] = {}
    for voice in voices:
        who = person_of(voice)
        last[who] = max(last.get(who, voice.moment), voice.moment)
    lately = sum(0.5 ** (max(now - moment, 0.0) / HALF_LIFE) for moment in last.values())
    return HeatParts(
        people=_part(PEOPLE, len(last)),
        recency=_part(RECENCY, lately),
        support=_part(SUPPORT, sum(max(voice.support, 0) for voice in voices)),
        against=_part(AGAINST, sum(max(voice.against, 0) for voice in voices)),
    )


def _part(worth: float, number: float) -> float:
    return round(worth * float(np.log2(1.0 + number)), 4)


def trend_of(voices: Sequence[Voice], begin: float, now: float) -> tuple[int, ...]:
    """Distinct people in twelve equal parts of the window, oldest first."""
    heard: list[set[str]] = [set() for _ in range(PARTS)]
    width = max(now - begin, 1e-9) / PARTS
    for voice in voices:
        part = min(max(int((voice.moment - begin) / width), 0), PARTS - 1)
        heard[part].add(person_of(voice))
    return tuple(len(people) for people in heard)


def returns_of(voices: Sequence[Voice]) -> int:
    """How many silences of more than 30 days lie between the voices."""
    moments = sorted(voice.moment for voice in voices)
    return sum(later - earlier > SILENCE for earlier, later in pairwise(moments))
