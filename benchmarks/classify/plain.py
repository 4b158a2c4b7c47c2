"""What one would write in an hour: tf-idf of characters and words, LinearSVC, a temperature."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import jieba
import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from gezhi.methods.classify.train import Example

jieba.setLogLevel(60)

Chances = NDArray[np.float64]
Message = tuple[str, str]


@dataclass(slots=True)
class Plain:
    """Three vectorizers side by side, one machine, and one temperature found inside."""

    subject: TfidfVectorizer
    body: TfidfVectorizer
    words: TfidfVectorizer
    machine: LinearSVC
    heat: float
    labels: tuple[str, ...]

    def chances(self, messages: Sequence[Message]) -> Chances:
        """messages × labels."""
        return _softmax(self.machine.decision_function(self._rows(messages)) * self.heat)

    def size(self) -> float:
        """Megabytes of the pickle one would keep."""
        kept = (self.subject, self.body, self.words.vocabulary_, self.words.idf_, self.machine)
        return len(pickle.dumps(kept)) / 1e6

    def _rows(self, messages: Sequence[Message]) -> sparse.csr_matrix:
        return _rows(self.subject, self.body, self.words, messages)


def train(examples: Sequence[Example], seed: int = 0) -> Plain:
    """Fit on all examples; the temperature on a random fifth held out."""
    messages = [(example.subject, example.detail) for example in examples]
    right = np.array([example.label for example in examples])
    subject = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    body = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    words = TfidfVectorizer(
        tokenizer=_words, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True
    )
    subject.fit([one for one, _ in messages])
    body.fit([one for _, one in messages])
    words.fit([" ".join(message) for message in messages])
    rows = _rows(subject, body, words, messages)
    machine = LinearSVC(C=0.5, random_state=seed)
    some, rest = train_test_split(np.arange(len(right)), test_size=0.2, random_state=seed)
    held = machine.fit(rows[some], right[some]).decision_function(rows[rest])
    at = np.searchsorted(machine.classes_, right[rest])
    machine.fit(rows, right)

    def surprise(log: float) -> float:
        return float(-np.log(_softmax(held * np.exp(log))[np.arange(len(at)), at] + 1e-12).mean())

    heat = float(np.exp(optimize.minimize_scalar(surprise, bounds=(-3, 4), method="bounded").x))
    return Plain(subject, body, words, machine, heat, tuple(machine.classes_.tolist()))


@cache
def _words(text: str) -> tuple[str, ...]:
    """Cached, as every message is cut again in each fold and that is none of the pipeline's."""
    return tuple(word for word in jieba.cut(text) if word.strip())


def _rows(
    subject: TfidfVectorizer,
    body: TfidfVectorizer,
    words: TfidfVectorizer,
    messages: Sequence[Message],
) -> sparse.csr_matrix:
    return sparse.hstack(
        [
            subject.transform([one for one, _ in messages]),
            body.transform([one for _, one in messages]),
            words.transform([" ".join(message) for message in messages]),
        ]
    ).tocsr()


def _softmax(scores: Chances) -> Chances:
    grown = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(grown / grown.sum(1, keepdims=True))
