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

SILENT = 20
"""Chosen on the 265 cases of the demo street: advised are 41 %, right 81 % of those; with 1 they
would be 62 % and 60 %, with all of them 23 % and 100 %."""

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Keywords:
    """A label with its name and the words that point to it."""

    label: str
    name: str
    keywords: tuple[str, ...]


class KeywordRules:
    """Counts of keywords, each worth the more the longer it is and the fewer labels share it.

    A label's own name speaks for it alone. The labels no word speaks for count as `SILENT` at most:
    with hundreds of them one clear word would else be drowned by all that nobody mentioned.
    """

    def __init__(self, entries: Sequence[Keywords]) -> None:
        """Remember the entries; those without a usable word are only ever a last resort."""
        self.labels = tuple(entry.label for entry in entries)
        owners: dict[str, set[int]] = {}
        named: dict[str, set[int]] = {}
        for at, entry in enumerate(entries):
            for word in (entry.name, *entry.keywords):
                if cleaned := clean(word):
                    owners.setdefault(cleaned, set()).add(at)
            if name := clean(entry.name):
                named.setdefault(name, set()).add(at)
        self._worth = {
            word: (sorted(labels), len(word) / len(labels)) for word, labels in owners.items()
        }
        self._named = {name: (sorted(at), len(name) / len(at)) for name, at in named.items()}

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
        chances = _chances(scores)
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
                if word in self._named:
                    labels, more = self._named[word]
                    scores[labels] += more * times / 2
        return scores, words


def _chances(scores: Chances) -> Chances:
    """Chances that sum to one; all labels of score 0 together have those of `SILENT` at most."""
    silent = scores <= 0
    weight = np.where(silent, -np.log(max(1.0, silent.sum() / SILENT)), scores)
    return np.asarray(softmax(weight[None])[0])
