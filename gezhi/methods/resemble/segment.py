"""A sealed run of cases with, for each pair of signs, the rows that hold it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gezhi.methods.resemble.fingerprinting import KEY
from gezhi.methods.resemble.grams import BITS, Hashes

SMALL = 512  # rows sealed at a time
JOINED = 16  # small segments made one: fewer lists to walk, and rows still fit two bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows from `start` on both ways: the pairs of each, and for each pair (sorted) the rows."""

    start: int
    held: Hashes
    edges: NDArray[np.int32]
    pairs: Hashes
    begins: NDArray[np.int32]
    rows: NDArray[np.uint16]

    @property
    def count(self) -> int:
        """How many rows it holds."""
        return len(self.edges) - 1

    def shared(self, asked: Hashes, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each row the worth of all asked pairs (sorted) that it holds."""
        if not len(self.pairs):
            return np.zeros(self.count)
        found = np.minimum(np.searchsorted(self.pairs, asked), len(self.pairs) - 1)
        held = self.pairs[found] == asked
        found = found[held]
        sizes = self.begins[found + 1] - self.begins[found]
        places = stretched(self.begins[found], sizes)
        value = np.repeat(worth[held], sizes).astype(np.float64)
        return np.asarray(np.bincount(self.rows[places], value, self.count), dtype=np.float64)

    def pairs_of(self, rows: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int32]]:
        """The pairs of the given rows one after another, and how many each has."""
        sizes = self.edges[rows + 1] - self.edges[rows]
        return self.held[stretched(self.edges[rows], sizes)], sizes


def seal(start: int, held: Hashes, sizes: NDArray[np.int64]) -> Segment:
    """Turn rows over, by counting; `held` are their pairs one row after another, `sizes` of each."""
    edges = np.zeros(len(sizes) + 1, dtype=np.int32)
    np.cumsum(sizes, out=edges[1:])
    columns = (held & KEY).astype(np.int32)
    ones = np.ones(len(held), dtype=np.int8)
    turned = csr_matrix((ones, columns, edges), shape=(len(sizes), 1 << BITS)).tocsc()
    counts = np.diff(turned.indptr)
    pairs = np.flatnonzero(counts)
    begins = np.concatenate([turned.indptr[pairs], turned.indptr[-1:]]).astype(np.int32)
    rows = turned.indices.astype(np.uint16)
    return Segment(start, held, edges, pairs.astype(np.uint32), begins, rows)


def join(segments: list[Segment]) -> Segment:
    """Neighboring segments as one."""
    held = np.concatenate([segment.held for segment in segments])
    sizes = np.concatenate([np.diff(segment.edges) for segment in segments])
    return seal(segments[0].start, held, sizes.astype(np.int64))


def stretched(begins: NDArray[np.integer], sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """The numbers begins[0], begins[0]+1, … sizes[0] of them, then those of begins[1], ….

    Vectorized many-slices-at-once.
    """
    total = int(sizes.sum())
    offsets = np.cumsum(sizes, dtype=np.int64) - sizes
    return np.arange(total, dtype=np.int64) + np.repeat(begins.astype(np.int64) - offsets, sizes)
