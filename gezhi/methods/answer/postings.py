"""The inverted index under the shelf: which source holds which pair of characters, how heavily.

BM25 over two fields, question and answer. Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond" (2009), §3; the fields are weighed apart and added, since a citizen's
words and an office's words differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gezhi.methods.answer.grams import Codes, pairs, pairs_of_all

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

SATURATION = 1.2
# How far a long text is held back: answers more than questions, since the longest of them name
# half of all offices and would be like everything.
QUESTION_LENGTH = 0.6
ANSWER_LENGTH = 0.9
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field of all sources: the distinct (code, source) and the BM25 weight of each."""

    keys: Codes
    weights: Floats
    codes: Codes
    spread: Codes


def _counted(texts: Sequence[str], bits: int) -> tuple[Codes, Ints]:
    """Distinct `code << bits | source` in rising order and how often each was seen."""
    found, counts = [], []
    for first in range(0, len(texts), _BATCH):
        codes, owners = pairs_of_all(texts[first : first + _BATCH])
        keys, times = np.unique((codes << bits) | (owners + first), return_counts=True)
        found.append(keys)
        counts.append(times.astype(np.int32))
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    times = np.concatenate([np.zeros(0, dtype=np.int32), *counts])
    order = np.argsort(keys, kind="stable")
    return keys[order], times[order]


def field_of(texts: Sequence[str], bits: int, length: float) -> Field:
    """Weigh one field; `length` says how far long texts are held back (BM25's b)."""
    keys, times = _counted(texts, bits)
    owners = (keys & ((1 << bits) - 1)).astype(np.int32)
    starts = _starts(keys >> bits)
    codes = keys[starts] >> bits
    spread = np.diff(starts, append=len(keys))
    count = max(1, len(texts))
    sizes = np.bincount(owners, weights=times, minlength=count)
    usual = max(1.0, float(sizes.mean()))
    rarity = np.log(1.0 + (count - spread + 0.5) / (spread + 0.5)).astype(np.float32)
    damped = (SATURATION * (1.0 - length + length * sizes / usual)).astype(np.float32)
    weights = times.astype(np.float32)
    weights *= np.float32(SATURATION + 1.0) / (weights + damped[owners])
    weights *= np.repeat(rarity, spread)
    return Field(keys, weights, codes, spread.astype(np.int64))


def _starts(rising: Codes) -> Codes:
    """Where each distinct value of a rising array begins."""
    if not len(rising):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate([[True], rising[1:] != rising[:-1]]))


@dataclass(frozen=True, slots=True)
class Postings:
    """For each code (rising) the sources that hold it and their weight, both fields together."""

    codes: Codes
    starts: Codes
    sources: Ints
    weights: Floats
    count: int

    def scores(self, question: str, *, most_pairs: int, widest: float) -> Floats:
        """BM25 of every source for a question.

        Only the `most_pairs` pairs that can add most are followed, and none that more than the
        share `widest` of all sources hold: they cost most and tell least.
        """
        total = np.zeros(self.count, dtype=np.float32)
        asked, times = np.unique(pairs(question), return_counts=True)
        at = np.searchsorted(self.codes, asked)
        at[at >= len(self.codes)] = 0
        known = (self.codes[at] == asked) if len(self.codes) else np.zeros(len(at), dtype=bool)
        at, times = at[known], times[known]
        holders = self.starts[at + 1] - self.starts[at]
        near = holders <= max(8.0, widest * self.count)
        at, times, holders = at[near], times[near], holders[near]
        gain = np.log1p(times) * np.log((self.count + 1.0) / holders)
        for chosen in np.argsort(-gain, kind="stable")[:most_pairs].tolist():
            span = slice(self.starts[at[chosen]], self.starts[at[chosen] + 1])
            factor = np.float32(np.log1p(times[chosen]))
            # A source stands once in a span, so plain indexing adds each weight.
            total[self.sources[span]] += factor * self.weights[span]
        return total


def postings_of(question: Field, answer: Field, bits: int, count: int) -> Postings:
    """Both fields merged into one list per code."""
    keys = np.concatenate([question.keys, answer.keys])
    weights = np.concatenate([question.weights, answer.weights])
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order]
    first = _starts(keys)
    merged = np.add.reduceat(weights, first) if len(keys) else weights
    keys = keys[first]
    starts = _starts(keys >> bits)
    return Postings(
        keys[starts] >> bits,
        np.concatenate([starts, [len(keys)]]).astype(np.int64),
        (keys & ((1 << bits) - 1)).astype(np.int32),
        merged.astype(np.float32),
        count,
    )
