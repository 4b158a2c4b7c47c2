"""What a fresh install classifies with: the keywords of the matters pack, nothing learnt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify.evidence import softmax
from gezhi.methods.classify.prediction import Prediction
from gezhi.methods.classify.reading import clean

Chances = NDArray[np.float64]

SURE_AT_MOST = 0.6
"""Keywords have not been measured against the office's own cases: they never claim more."""

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Keywords:
    """A label with its name and the words that point to it."""

    label: str
    name: str
    keywords: tuple[str, ...]


class KeywordRules:
    """Counts of keywords, each worth the more the longer it is and the fewer labels share it."""

    def __init__(self, entries: Sequence[Keywords]) -> None:
        """Remember the entries; those without a usable word are only ever a last resort."""
        self.labels = tuple(entry.label for entry in entries)
        owners: dict[str, set[int]] = {}
        for at, entry in enumerate(entries):
            for word in (entry.name, *entry.keywords):
                if cleaned := clean(word):
                    owners.setdefault(cleaned, set()).add(at)
        self._worth = {
            word: (sorted(labels), len(word) / len(labels)) for word, labels in owners.items()
        }

    def predict(
        self, messages: Sequence[tuple[str, str]], *, threshold: float | None = None
    ) -> list[Prediction]:
        """One prediction per (subject, detail), in order; never refuses a text.

        A keyword in the subject counts twice. No keyword found, or no entries at all: abstains,
        with every label equally (un)likely.
        """
        return [self._predict(subject, detail, threshold or 0.0) for subject, detail in messages]

    def _predict(self, subject: str, detail: str, least: float) -> Prediction:
        if not self.labels:
            return Prediction("", 0.0, (), (), True)
        scores, words = self._scores(clean(subject), clean(detail))
        chances = softmax(scores[None])[0]
        if chances.max() > SURE_AT_MOST:
            even = 1 / len(chances)
            share = (SURE_AT_MOST - even) / (chances.max() - even) if even < SURE_AT_MOST else 0.0
            chances = chances * share + even * (1 - share)
        first = np.argsort(-chances, kind="stable")[:3].tolist()
        label = first[0]
        spoke = sorted((worth, word) for word, (owners, worth) in words.items() if label in owners)
        return Prediction(
            self.labels[label],
            float(chances[label]),
            tuple((self.labels[at], float(chances[at])) for at in first),
            tuple(word for _, word in reversed(spoke))[:MOST_WORDS],
            bool(chances[label] < least or not words),
        )

    def _scores(
        self, subject: str, detail: str
    ) -> tuple[Chances, dict[str, tuple[list[int], float]]]:
        """The score of every label, and the keywords that stand in the message."""
        scores = np.zeros(len(self.labels))
        words: dict[str, tuple[list[int], float]] = {}
        for word, (owners, worth) in self._worth.items():
            times = 2 * (word in subject) + (word in detail)
            if times:
                words[word] = (owners, worth)
                scores[owners] += worth * times / 2
        return scores, words
