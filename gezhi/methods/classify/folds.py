"""Folds that near-duplicate texts do not cross.

The same message sent twice, or a petition that a hundred people signed, must not stand in the
part that teaches and in the part that tests: it would be known by heart. Texts with half of
their runs of four characters in common (Jaccard, found by MinHash: Broder 1997), or with the
same subject, are one group.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify.grams import Hashes, runs
from gezhi.methods.classify.reading import clean

Numbers = NDArray[np.int64]

SHINGLE = 4
ALIKE = 0.5  # share of runs in common from which on two texts are one group
BANDS, ROWS = 32, 2  # two texts half alike meet in a band with a chance of 99.99 %
SAME_SUBJECT = 8  # characters from which on an equal subject makes one group


def groups(messages: Sequence[tuple[str, str]]) -> Numbers:
    """A number for each (subject, detail): equal for near-duplicates."""
    texts = [(clean(subject), clean(detail)) for subject, detail in messages]
    shingles = [np.unique(runs(" ".join(text), SHINGLE)) for text in texts]
    leaders = list(range(len(texts)))
    for one, other in _meetings(shingles):
        a, b = _leader(leaders, one), _leader(leaders, other)
        if a != b and _jaccard(shingles[one], shingles[other]) >= ALIKE:
            leaders[b] = a
    first: dict[str, int] = {}
    for row, text in enumerate(texts):
        key = _key(*text)
        if key:
            leaders[_leader(leaders, row)] = _leader(leaders, first.setdefault(key, row))
    return np.array([_leader(leaders, row) for row in range(len(texts))], dtype=np.int64)


def folds(group: Numbers, label: Numbers, parts: int, seed: int = 0) -> list[Numbers]:
    """`parts` lists of rows: no group in two of them, each label spread as evenly as that allows.

    The largest groups first, each to the part with the fewest of its labels so far, then the
    smallest part; equal ones by a shuffle that `seed` fixes. Every row is in exactly one part.
    """
    if not len(group):
        return [np.zeros(0, np.int64) for _ in range(parts)]
    members = _members(group)
    shuffled = np.random.default_rng(seed).permutation(len(members))
    order = sorted(shuffled.tolist(), key=lambda at: -len(members[at]))
    width = int(label.max()) + 1
    totals = np.bincount(label, minlength=width).astype(np.float64)
    totals[totals == 0] = 1
    held = np.zeros((parts, width))
    filled: list[list[int]] = [[] for _ in range(parts)]
    for at in order:
        rows = members[at]
        brought = np.bincount(label[rows], minlength=width) / totals
        crowded = held @ brought
        sizes = np.array([len(part) for part in filled])
        best = int(np.lexsort((sizes, crowded))[0])
        held[best] += brought
        filled[best].extend(rows.tolist())
    return [np.sort(np.array(part, dtype=np.int64)) for part in filled]


def _members(group: Numbers) -> list[Numbers]:
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1)


def _meetings(shingles: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """Pairs that share a band of their MinHash signatures: each row with the first of its band."""
    draw = np.random.default_rng(0)
    factors = draw.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    terms = draw.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
    told = np.array([row for row, runs_of in enumerate(shingles) if len(runs_of)], dtype=np.int64)
    signatures = np.empty((len(told), BANDS, ROWS), np.uint64)
    for at, row in enumerate(told.tolist()):
        mixed = shingles[row][:, None] * factors + terms
        signatures[at] = mixed.min(0).reshape(BANDS, ROWS)
    for band in range(BANDS):
        bands, first, which = np.unique(
            signatures[:, band], axis=0, return_index=True, return_inverse=True
        )
        del bands
        leaders = first[which.ravel()]
        for at in np.flatnonzero(leaders != np.arange(len(told))).tolist():
            yield int(told[leaders[at]]), int(told[at])


def _jaccard(one: Hashes, other: Hashes) -> float:
    shared = np.intersect1d(one, other, assume_unique=True).size
    return float(shared / (len(one) + len(other) - shared))


def _key(subject: str, detail: str) -> str:
    """What is equal in texts of one group whatever else differs; "" for nothing."""
    letters = "".join(sign for sign in subject if sign.isalnum())
    if len(letters) >= SAME_SUBJECT:
        return letters
    return f"{subject}\n{detail}" if len(subject) + len(detail) < SHINGLE else ""


def _leader(leaders: list[int], row: int) -> int:
    while leaders[row] != row:
        leaders[row] = leaders[leaders[row]]
        row = leaders[row]
    return row
