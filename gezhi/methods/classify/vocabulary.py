"""From the n-grams of texts to the rows of a sparse matrix, by a learnt list of n-grams."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from gezhi.methods.classify.grams import Grams, Hashes

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

DRAWERS = 18  # bits of a number that say in which of 2^18 drawers it lies


class Vocabulary:
    """The n-grams worth counting: their numbers in order, and how rare each one is (idf).

    The numbers are spread evenly, so their first bits lead to within a few places of where one
    must be: three looks instead of the twenty of a binary search.
    """

    __slots__ = ("_begins", "_deepest", "hashes", "rarity")

    def __init__(self, hashes: Hashes, rarity: Floats) -> None:
        """Keep sorted `hashes` with the `rarity` of each."""
        self.hashes = hashes
        self.rarity = rarity
        drawer = (hashes >> np.uint64(64 - DRAWERS)).astype(np.int64)
        held = np.bincount(drawer, minlength=1 << DRAWERS)
        self._begins = (np.cumsum(held) - held).astype(np.int32)
        self._deepest = int(held.max()) if len(hashes) else 0

    @classmethod
    def learnt(cls, found: Grams, texts: int, fewest: int = 2, share: float = 1.0) -> "Vocabulary":
        """The n-grams in at least `fewest` of the `texts` and in at most this `share` of them.

        Rarity is log((1 + texts) / (1 + texts with it)) + 1, as in scikit-learn's TfidfVectorizer.
        """
        unique, counts = np.unique(_once(found.hashes, found.rows), return_counts=True)
        kept = (counts >= fewest) & (counts <= max(share * texts, fewest))
        rarity = np.log((1 + texts) / (1 + counts[kept])) + 1
        return cls(unique[kept], rarity.astype(np.float32))

    def places(self, hashes: Hashes) -> Numbers:
        """Where each number stands in the list, -1 where it does not."""
        found = np.full(len(hashes), -1, np.int64)
        open_ = np.arange(len(hashes))
        at = self._begins[(hashes >> np.uint64(64 - DRAWERS)).astype(np.int64)].astype(np.int64)
        for _ in range(self._deepest):
            within = at < len(self.hashes)
            open_, at = open_[within], at[within]
            there, sought = self.hashes[at], hashes[open_]
            same = there == sought
            found[open_[same]] = at[same]
            further = there < sought
            open_, at = open_[further], at[further] + 1
        return found

    def weigh(self, rows: Numbers, places: Numbers, texts: int) -> sparse.csr_matrix:
        """texts × n-grams: (1 + log count) × rarity, every row of length one or empty.

        `rows` says in which text an n-gram stands, `places` where it is in the list (-1: not).
        """
        known = places >= 0
        width = max(len(self.hashes), 1)
        keys, counts = np.unique(rows[known] * width + places[known], return_counts=True)
        rows, columns = np.divmod(keys, width)
        values = (1 + np.log(counts)) * self.rarity[columns]
        length = np.sqrt(np.bincount(rows, weights=values**2, minlength=texts))
        values = (values / length[rows]).astype(np.float32)
        ends = np.searchsorted(rows, np.arange(texts + 1))
        return sparse.csr_matrix((values, columns, ends), shape=(texts, width))


def _once(hashes: Hashes, rows: Numbers) -> Hashes:
    """The n-grams, each as often as there are texts with it."""
    order = np.lexsort((hashes, rows))
    hashes, rows = hashes[order], rows[order]
    first = np.ones(len(hashes), np.bool_)
    first[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
    return hashes[first]
