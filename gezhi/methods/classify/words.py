"""The words of a message that spoke for its label, in a form a person can read."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify.view import Reading

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Span = tuple[float, int, int]  # weight, start, end
Looked = tuple[Floats, Floats, Reading, Sequence[str]]  # weights, rarity, what was read, texts

MOST = 6
TRIED = 16  # the strongest n-grams looked at in a text
LONGEST = 8  # characters of one word shown; neighbours grow together only up to this


def spoken(views: Sequence[Looked], labels: Numbers) -> list[tuple[str, ...]]:
    """For each text at most `MOST` words, the strongest first, none inside another.

    The weight of an n-gram is what it adds to its label over the mean of all labels. N-grams of
    one character and those with punctuation or digits tell a reader nothing and are left out.
    """
    gathered: list[list[tuple[float, str]]] = [[] for _ in labels]
    for weights, rarity, reading, texts in views:
        for row, spans in enumerate(_strongest(weights, rarity, reading, labels)):
            gathered[row].extend(_joined(texts[row], spans))
    return [_chosen(words) for words in gathered]


def _strongest(
    weights: Floats, rarity: Floats, reading: Reading, labels: Numbers
) -> list[list[Span]]:
    """For each text its strongest n-grams."""
    found = reading.found
    use = np.flatnonzero((reading.places >= 0) & (found.sizes > 1))
    rows, places = found.rows[use], reading.places[use]
    own = weights[places, labels[rows]]
    spoke = own > 0
    use, rows, places, own = use[spoke], rows[spoke], places[spoke], own[spoke]
    strength = (own - weights[places].mean(1)) * rarity[places]
    order = np.lexsort((-strength, rows))
    ends = np.searchsorted(rows[order], np.arange(len(labels) + 1)).tolist()
    spans: list[list[Span]] = []
    for begin, end in pairwise(ends):
        part = order[begin : min(begin + TRIED, end)]
        starts = found.starts[use[part]]
        stops = starts + found.sizes[use[part]]
        spans.append(
            list(zip(strength[part].tolist(), starts.tolist(), stops.tolist(), strict=True))
        )
    return spans


def _joined(text: str, spans: Sequence[Span]) -> list[tuple[float, str]]:
    """Overlapping n-grams grown together, each with the weights of its parts."""
    grown: list[Span] = []
    readable = (span for span in spans if text[span[1] : span[2]].isalpha())
    for weight, start, end in sorted(readable, key=lambda span: span[1]):
        last = grown[-1] if grown else (0.0, 0, 0)
        if start < last[2] and end - last[1] <= LONGEST:
            grown[-1] = (last[0] + weight, last[1], max(last[2], end))
        else:
            grown.append((weight, start, end))
    return [(weight, text[start:end]) for weight, start, end in grown]


def _chosen(words: list[tuple[float, str]]) -> tuple[str, ...]:
    chosen: list[str] = []
    for _, word in sorted(words, reverse=True):
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == MOST:
            break
    return tuple(chosen)
