"""Which words are said of any case: the measure behind `packs/fillers`.

A word is told apart from a stretch of letters by what stands beside it (many different signs on
either side), and a filler from a word by where it is said: as often of every label as of any other,
so that hearing it says nothing of the case. Both as entropies, over the labelled messages.
"""

import csv
import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.topics.data import TIMED

LABELLED = TIMED.with_name("labelled.csv.gz")
LEAST_SHARE = 0.01  # of all messages
LEAST_SUBJECTS = 8
LEAST_EVEN = 0.965  # 1: said of each label as often as of the next
LEAST_BESIDE = 3.0  # nats; fewer signs beside it, and it is part of a longer word
_SIZES = (2, 3, 4)
_RUN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Filler:
    """A word with the shares of messages and subjects that have it, and how evenly labels do."""

    word: str
    share: float
    in_subjects: float
    even: float


def fillers() -> list[Filler]:
    """The fillers of the labelled messages, those of the most subjects first."""
    with gzip.open(LABELLED, "rt", encoding="utf-8") as file:
        rows = [(row["label"], row["subject"], row["detail"][:600]) for row in csv.DictReader(file)]
    labels = Counter(label for label, *_parts in rows)
    having: dict[str, Counter[str]] = defaultdict(Counter)
    subjects: Counter[str] = Counter()
    for label, *parts in rows:
        subjects.update(set(_words(parts[0])))
        for word in {word for part in parts for word in _words(part)}:
            having[word][label] += 1
    known = {
        word
        for word, of_label in having.items()
        if of_label.total() >= LEAST_SHARE * len(rows) and subjects[word] >= LEAST_SUBJECTS
    }
    beside = _beside([part for _label, *parts in rows for part in parts], known)
    found = [
        Filler(
            word,
            having[word].total() / len(rows),
            subjects[word] / len(rows),
            _even([having[word][label] / count for label, count in labels.items()]),
        )
        for word in known
        if beside[word] >= LEAST_BESIDE
    ]
    found = [one for one in found if one.even >= LEAST_EVEN]
    return sorted(found, key=lambda one: (-one.in_subjects, one.word))


def _words(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        for size in _SIZES:
            for at in range(len(run) - size + 1):
                yield run[at : at + size]


def _even(rates: list[float]) -> float:
    return _entropy(rates) / math.log(len(rates))


def _entropy(weights: list[float]) -> float:
    total = sum(weights)
    return -sum(one / total * math.log(one / total) for one in weights if one)


def _beside(texts: list[str], known: set[str]) -> dict[str, float]:
    """Of each word the entropy of the signs before or after it, whichever is less."""
    sides: tuple[dict[str, Counter[str]], dict[str, Counter[str]]]
    sides = defaultdict(Counter), defaultdict(Counter)
    for text in texts:
        edged = f"^{text}$"
        for size in _SIZES:
            for at in range(1, len(edged) - size):
                word = edged[at : at + size]
                if word in known:
                    sides[0][word][edged[at - 1]] += 1
                    sides[1][word][edged[at + size]] += 1
    return {
        word: min(_entropy([float(count) for count in side[word].values()]) for side in sides)
        for word in known
    }


def main() -> None:
    """Print them as a table."""
    print("| word | of messages | of subjects | evenness |")
    print("|---|---|---|---|")
    for one in fillers():
        print(f"| {one.word} | {one.share:.3f} | {one.in_subjects:.4f} | {one.even:.3f} |")


if __name__ == "__main__":
    main()
