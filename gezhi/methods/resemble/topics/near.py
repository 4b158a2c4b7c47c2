"""Pairs of texts worth comparing: the nearest by their heaviest runs, in blocks."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gezhi.methods.resemble.topics.heavy import MOST_ROWS, heaviest

NEIGHBORS = 24
HEAVIEST = 40  # runs of a text that look for neighbors
COMMON = 0.03  # a run in more texts than this share (and 60) finds too many
MEETINGS = 4_000  # texts met, one by one, by the runs of one text; what is common comes last
FLOOR = 0.03
_MOST_MET = 4_000_000  # meetings of one block
Pairs = NDArray[np.int64]


def near(whole: csr_matrix) -> Pairs:
    """Pairs (lower, higher) of rows, each once, by the 24 nearest of each row.

    Nearness is the cosine over each row's heaviest runs only, a lower bound of the true one. The
    work grows with the number of rows and not with its square, as no row meets more than some
    thousands of others.
    """
    count = whole.shape[0]
    seeking = _seeking(whole)
    sought = csr_matrix(seeking.T)
    found = [np.zeros(0, dtype=np.int64)]
    for begin, end in _blocks(seeking):
        likeness = csr_matrix(seeking[begin:end] @ sought)
        mine, theirs = _nearest(likeness, begin)
        found.append(np.minimum(mine, theirs) * count + np.maximum(mine, theirs))
    keys = np.unique(np.concatenate(found))
    return np.column_stack([keys // max(count, 1), keys % max(count, 1)])


def _seeking(whole: csr_matrix) -> csr_matrix:
    """The heaviest runs of each row that are not too common, as long as they meet few enough."""
    count = whole.shape[0]
    seen = np.bincount(whole.indices, minlength=whole.shape[1])
    rare = (seen > 1) & (seen <= max(60, COMMON * count))
    lengths = [np.zeros(1, dtype=np.int64)]
    data, indices = [np.zeros(0, dtype=np.float32)], [np.zeros(0, dtype=np.int32)]
    for begin in range(0, count, MOST_ROWS):
        ends = whole.indptr[begin : begin + MOST_ROWS + 1]
        span = slice(ends[0], ends[-1])
        held = rare[whole.indices[span]]
        rows = np.repeat(np.arange(len(ends) - 1), np.diff(ends))[held]
        column, worth = whole.indices[span][held], whole.data[span][held]
        kept = heaviest(rows, worth, HEAVIEST)
        rows, column, worth = rows[kept], column[kept], worth[kept]
        kept = _affordable(rows, seen[column])
        lengths.append(np.bincount(rows[kept], minlength=len(ends) - 1))
        data.append(worth[kept])
        indices.append(column[kept])
    ends = np.cumsum(np.concatenate(lengths))
    return csr_matrix((np.concatenate(data), np.concatenate(indices), ends), shape=whole.shape)


def _affordable(rows: NDArray[np.int64], seen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which entries, the rarest of each row first, together meet no more than they may."""
    order = np.lexsort((seen, rows))
    total = np.cumsum(seen[order])
    first = np.searchsorted(rows, rows[order])
    before = total - seen[order]
    affordable = np.zeros(len(rows), dtype=bool)
    affordable[order] = total - before[first] <= MEETINGS
    return affordable


def _blocks(seeking: csr_matrix) -> Iterator[tuple[int, int]]:
    """Spans of rows that together meet a few million rows."""
    seen = np.bincount(seeking.indices, minlength=seeking.shape[1])
    met = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(seen[seeking.indices])])
    met = met[seeking.indptr]
    begin = 0
    while begin < seeking.shape[0]:
        end = int(np.searchsorted(met, met[begin] + _MOST_MET, side="right")) - 1
        end = min(max(end, begin + 1), begin + MOST_ROWS, seeking.shape[0])
        yield begin, end
        begin = end


def _nearest(likeness: csr_matrix, begin: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows = np.repeat(np.arange(likeness.shape[0]), np.diff(likeness.indptr))
    close = (likeness.data > FLOOR) & (likeness.indices != rows + begin)
    rows, others = rows[close], likeness.indices[close].astype(np.int64)
    chosen = heaviest(rows, likeness.data[close], NEIGHBORS)
    return rows[chosen] + begin, others[chosen]
