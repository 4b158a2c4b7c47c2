"""How good predictions with confidences are: the figures of the reports and of the benchmark."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Chances = NDArray[np.float64]  # messages × labels, each row sums to one
Labels = NDArray[np.int64]  # the place of the right label

BINS = 15
SHARES = (0.95, 0.97, 0.98, 0.99)


@dataclass(frozen=True, slots=True)
class OfLabel:
    """One label: how many messages bear it, how many of the ones given it are right, and back."""

    label: str
    messages: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures over messages the model had not seen.

    `coverage[0.97]` is the largest share of messages, the surest first, of which 97 % are right.
    `first_three` is the share whose right label is among the three likeliest. `confused` counts
    (right, given) pairs that differ, the most frequent first.
    """

    messages: int
    macro_f1: float
    accuracy: float
    calibration_error: float
    coverage: dict[float, float]
    first_three: float
    by_label: tuple[OfLabel, ...]
    confused: tuple[tuple[str, str, int], ...]


def evaluate(chances: Chances, right: Labels, labels: Sequence[str]) -> Evaluation:
    """The figures for one chance per message and label; no messages give zeros, no error."""
    given = chances.argmax(1) if len(chances) else np.zeros(0, np.int64)
    per_label = tuple(_of_label(name, given == at, right == at) for at, name in enumerate(labels))
    present = [one.f1 for one in per_label if one.messages]
    wrong = Counter(
        (labels[a], labels[b])
        for a, b in zip(right.tolist(), given.tolist(), strict=True)
        if a != b
    )
    sure = chances.max(1) if len(chances) else np.zeros(0)
    hit = given == right
    return Evaluation(
        messages=len(right),
        macro_f1=float(np.mean(present)) if present else 0.0,
        accuracy=_mean(hit),
        calibration_error=calibration_error(sure, hit),
        coverage={share: coverage(sure, hit, share) for share in SHARES},
        first_three=_mean((np.argsort(-chances, 1)[:, :3] == right[:, None]).any(1)),
        by_label=per_label,
        confused=tuple((a, b, count) for (a, b), count in wrong.most_common(20)),
    )


def macro_f1(given: Labels, right: Labels, labels: Sequence[int]) -> float:
    """The mean F1 of these labels (by their places), whatever else was given or right."""
    ones = [_of_label("", given == at, right == at).f1 for at in labels]
    return float(np.mean(ones)) if ones else 0.0


def calibration_error(sure: Chances, hit: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error over `bins` equal steps of confidence (Guo et al. 2017)."""
    step = np.minimum((sure * bins).astype(np.int64), bins - 1)
    gaps = (np.abs(np.sum(hit[step == one] - sure[step == one])) for one in range(bins))
    return float(sum(gaps)) / max(len(sure), 1)


def coverage(sure: Chances, hit: NDArray[np.bool_], share: float) -> float:
    """The largest share of messages, the surest first, of which at least `share` are right."""
    running = np.cumsum(hit[np.argsort(-sure, kind="stable")]) / np.arange(1, len(hit) + 1)
    good = np.flatnonzero(running >= share)
    return float(good[-1] + 1) / len(hit) if len(good) else 0.0


def threshold(sure: Chances, hit: NDArray[np.bool_], error: float) -> float:
    """The smallest confidence from which on at most `error` of the messages are wrong.

    1.0 where no confidence is good enough: then everything is left to people.
    """
    order = np.argsort(-sure, kind="stable")
    wrong = np.cumsum(~hit[order]) / np.arange(1, len(hit) + 1)
    good = np.flatnonzero(wrong <= error)
    return float(sure[order][good[-1]]) if len(good) else 1.0


def _of_label(name: str, given: NDArray[np.bool_], right: NDArray[np.bool_]) -> OfLabel:
    both = float((given & right).sum())
    precision, recall = both / max(given.sum(), 1), both / max(right.sum(), 1)
    harmonic = 2 * precision * recall / (precision + recall) if both else 0.0
    return OfLabel(name, int(right.sum()), float(precision), float(recall), float(harmonic))


def _mean(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0
