"""How hot a topic is: people, not messages, how lately, and the clicks for and against."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from gezhi.methods.resemble.topics.report import HeatParts, TopicReport

HALF_LIFE = 7.0  # days after which a person's last word counts half for recency
PEOPLE, RECENCY, SUPPORT, AGAINST = 10.0, 10.0, 4.0, 2.0  # for each doubling
SILENCE = 30.0  # days without a word after which a topic has come back
PARTS = 12  # of the window, for the trend


def person_of(report: TopicReport) -> str:
    """Who speaks: the person, or for a report without one the report itself."""
    return report.person or f"\x00{report.id}"


def heat_of(reports: Sequence[TopicReport], now: float) -> HeatParts:
    """The heat of the reports of one window, each part a logarithm, so that none drowns the rest.

    A person who writes ten times is one; a person heard a week ago counts half as recent. Clicks
    against count too, but half: a case that divides people is hot.
    """
    last: dict[str, float] = {}
    for report in reports:
        who = person_of(report)
        last[who] = max(last.get(who, report.moment), report.moment)
    lately = sum(0.5 ** (max(now - moment, 0.0) / HALF_LIFE) for moment in last.values())
    return HeatParts(
        people=_part(PEOPLE, len(last)),
        recency=_part(RECENCY, lately),
        support=_part(SUPPORT, sum(max(report.support, 0) for report in reports)),
        against=_part(AGAINST, sum(max(report.against, 0) for report in reports)),
    )


def _part(worth: float, number: float) -> float:
    return round(worth * float(np.log2(1.0 + number)), 4)


def trend_of(reports: Sequence[TopicReport], begin: float, now: float) -> tuple[int, ...]:
    """Distinct people in twelve equal parts of the window, oldest first."""
    heard: list[set[str]] = [set() for _ in range(PARTS)]
    width = max(now - begin, 1e-9) / PARTS
    for report in reports:
        part = min(max(int((report.moment - begin) / width), 0), PARTS - 1)
        heard[part].add(person_of(report))
    return tuple(len(people) for people in heard)


def returns_of(reports: Sequence[TopicReport]) -> int:
    """How many silences of more than 30 days lie between the reports."""
    moments = sorted(report.moment for report in reports)
    return sum(later - earlier > SILENCE for earlier, later in pairwise(moments))
