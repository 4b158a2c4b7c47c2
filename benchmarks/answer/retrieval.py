"""Does the shelf find answers that name what the true answer named?

Time is respected: the shelf holds only answers written before the first held-out message was
asked. Term F1 and recall compare the titles, offices and hotlines of the retrieved answers with
those of the true one; likeness is the tf-idf cosine of the first retrieved answer and the true
one. "best possible" is the earlier answer nearest to the true one, which nobody can know.
"""

import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.answer.replies import Pair
from benchmarks.answer.terms import terms
from gezhi.methods.answer import Shelf, Source

# The design was chosen on the first window of messages (by time), the second was kept back.
DEVELOP = (0.4, 0.7)
HELD = (0.7, 1.0)
Ask = Callable[[str], list[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """How well one way of retrieving did; all are means over the messages."""

    way: str
    recall_three: float
    recall: float
    score: float
    likeness: float


def source_of(pair: Pair) -> Source:
    """A pair as a closed case."""
    return Source(pair.number, pair.message, pair.answer, moment=pair.answered)


def split(pairs: Sequence[Pair], window: tuple[float, float]) -> tuple[list[Pair], list[Pair]]:
    """Answers known before the window, and the messages in it whose answer names something."""
    asked = pairs[int(len(pairs) * window[0]) : int(len(pairs) * window[1])]
    known = [pair for pair in pairs if pair.answered < asked[0].asked]
    return known, [pair for pair in asked if terms(pair.answer)]


def _shelf(known: Sequence[Pair]) -> Ask:
    shelf = Shelf(source_of(pair) for pair in known)
    place = {pair.number: at for at, pair in enumerate(known)}
    return lambda message: [place[found.source.id] for found in shelf.like(message)]


def _plain(known: Sequence[Pair], lengths: tuple[int, int]) -> Ask:
    vectors = TfidfVectorizer(analyzer="char", ngram_range=lengths, sublinear_tf=True)
    matrix = vectors.fit_transform([pair.message for pair in known])

    def ask(message: str) -> list[int]:
        scores = (matrix @ vectors.transform([message]).T).toarray().ravel()
        return [int(at) for at in np.argsort(-scores, kind="stable")[:3]]

    return ask


def _chance(known: Sequence[Pair]) -> Ask:
    draw = random.Random(5)
    return lambda message: draw.sample(range(len(known)), 3)


def _measured(
    way: str, ask: Ask, known: Sequence[Pair], asked: Sequence[Pair], likeness: Any
) -> Row:
    named = [terms(pair.answer) for pair in known]
    three, first, score, like = [], [], [], []
    for row, pair in enumerate(asked):
        order = ask(pair.message)
        true = terms(pair.answer)
        together = frozenset().union(*(named[at] for at in order))
        top = named[order[0]] if order else frozenset()
        three.append(len(together & true) / len(true))
        first.append(len(top & true) / len(true))
        score.append(2 * len(top & true) / (len(top) + len(true)))
        like.append(float(likeness[row, order[0]]) if order else 0.0)
    return Row(way, *(statistics.fmean(values) for values in (three, first, score, like)))


def rows(pairs: Sequence[Pair], window: tuple[float, float]) -> tuple[int, int, list[Row]]:
    """Sources, messages, and a row for each way, all on the same messages."""
    known, asked = split(pairs, window)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), sublinear_tf=True)
    answers = vectors.fit_transform([pair.answer for pair in known])
    likeness = (vectors.transform([pair.answer for pair in asked]) @ answers.T).toarray()
    best = {pair.message: row for row, pair in enumerate(asked)}
    ways: list[tuple[str, Ask]] = [
        ("随机", _chance(known)),
        ("scikit-learn tf-idf 字 1–2 元", _plain(known, (1, 2))),
        ("scikit-learn tf-idf 字 2–3 元", _plain(known, (2, 3))),
        ("本方法", _shelf(known)),
        (
            "（够得着的最好）",
            lambda message: [int(at) for at in np.argsort(-likeness[best[message]])[:3]],
        ),
    ]
    found = [_measured(way, ask, known, asked, likeness) for way, ask in ways]
    return len(known), len(asked), found
