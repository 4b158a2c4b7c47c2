"""The words of a message that spoke for its label, in a form a person can read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify.view import Reading, View

Numbers = NDArray[np.int64]
Looked = tuple[View, Reading, Sequence[str]]

MOST = 6
TRIED = 24  # the strongest n-grams looked at in a message
LONGEST = 10  # characters of one word shown; neighbours grow together only up to this


def spoken(views: Sequence[Looked], labels: Numbers) -> list[tuple[str, ...]]:
    """For each text at most `MOST` words, the strongest first, none inside another.

    The weight of an n-gram is what it adds to its label over the mean of all labels. N-grams of
    one character and those with punctuation tell a reader nothing and are left out.
    """
    gathered: list[list[tuple[float, str]]] = [[] for _ in labels]
    for view, reading, texts in views:
        for row, spans in enumerate(_strongest(view, reading, labels)):
            gathered[row].extend(_joined(texts[row], spans))
    return [_chosen(words) for words in gathered]


def _strongest(view: View, reading: Reading, labels: Numbers) -> list[list[tuple[float, int, int]]]:
    """For each text (weight, start, end) of its strongest n-grams."""
    found = reading.found
    use = np.flatnonzero((reading.places >= 0) & (found.sizes > 1))
    rows, places = found.rows[use], reading.places[use]
    weights = view.weights[places, labels[rows]] - view.weights[places].mean(1)
    weights = weights * view.vocabulary.rarity[places]
    order = use[np.lexsort((-weights, rows))]
    sorted_weights = weights[np.lexsort((-weights, rows))]
    ends = np.searchsorted(found.rows[order], np.arange(len(labels) + 1))
    spans: list[list[tuple[float, int, int]]] = []
    for row in range(len(labels)):
        part = slice(ends[row], min(ends[row] + TRIED, ends[row + 1]))
        starts, sizes = found.starts[order[part]], found.sizes[order[part]]
        spans.append(
            [
                (weight, start, start + size)
                for weight, start, size in zip(
                    sorted_weights[part].tolist(), starts.tolist(), sizes.tolist(), strict=True
                )
                if weight > 0
            ]
        )
    return spans


def _joined(text: str, spans: Sequence[tuple[float, int, int]]) -> list[tuple[float, str]]:
    """Overlapping n-grams grown together, each with the weights of its parts."""
    grown: list[list[float]] = []
    for weight, start, end in sorted(
        (one for one in spans if text[one[1] : one[2]].isalpha()), key=lambda one: one[1]
    ):
        last = grown[-1] if grown else None
        if last and start < last[2] and end - last[1] <= LONGEST:
            last[0] += weight
            last[2] = max(last[2], end)
        else:
            grown.append([weight, start, end])
    return [(weight, text[int(start) : int(end)]) for weight, start, end in grown]


def _chosen(words: list[tuple[float, str]]) -> tuple[str, ...]:
    chosen: list[str] = []
    for _, word in sorted(words, reverse=True):
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == MOST:
            break
    return tuple(chosen)
