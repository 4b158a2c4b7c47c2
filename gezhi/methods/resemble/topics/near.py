"""Pairs of texts worth comparing: the nearest by their heaviest runs, in blocks."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gezhi.methods.resemble.topics.views import heaviest

NEIGHBORS = 24
HEAVIEST = 40  # runs of a text that look for neighbors
COMMON = 0.03  # a run in more texts than this share (and 60) finds too many
FLOOR = 0.03
_BLOCK = 1_000
Pairs = NDArray[np.int64]


def near(whole: csr_matrix) -> Pairs:
    """Pairs (lower, higher) of rows, each once, by the 24 nearest of each row.

    Nearness is the cosine over each row's heaviest runs only, a lower bound of the true one.
    """
    count = whole.shape[0]
    seeking = _seeking(whole)
    sought = csr_matrix(seeking.T)
    found = []
    for begin in range(0, count, _BLOCK):
        likeness = csr_matrix(seeking[begin : begin + _BLOCK] @ sought)
        found.append(_nearest(likeness, begin))
    pairs = np.concatenate(found or [np.zeros((0, 2), dtype=np.int64)])
    pairs = np.sort(pairs, axis=1)
    keys = np.unique(pairs[:, 0] * np.int64(count) + pairs[:, 1])
    return np.column_stack([keys // max(count, 1), keys % max(count, 1)])


def _seeking(whole: csr_matrix) -> csr_matrix:
    """The heaviest runs of each row among those that are not too common."""
    seen = np.bincount(whole.indices, minlength=whole.shape[1])
    rare = (seen > 1) & (seen <= max(60, COMMON * whole.shape[0]))
    columns = np.flatnonzero(rare)
    return heaviest(csr_matrix(whole[:, columns]), HEAVIEST)


def _nearest(likeness: csr_matrix, begin: int) -> Pairs:
    mine, theirs = [], []
    for row in range(likeness.shape[0]):
        span = slice(likeness.indptr[row], likeness.indptr[row + 1])
        others, values = likeness.indices[span], likeness.data[span]
        close = (values > FLOOR) & (others != begin + row)
        others, values = others[close], values[close]
        if len(others) > NEIGHBORS:
            others = others[np.argpartition(-values, NEIGHBORS)[:NEIGHBORS]]
        theirs.append(others.astype(np.int64))
        mine.append(np.full(len(others), begin + row, dtype=np.int64))
    return np.column_stack([np.concatenate(mine), np.concatenate(theirs)])
