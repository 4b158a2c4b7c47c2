"""From the n-grams of texts to the rows of a sparse matrix, by a learnt list of n-grams."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from gezhi.methods.classify.grams import Grams, Hashes

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams worth counting: their numbers in order, and how rare each one is (idf)."""

    hashes: Hashes
    rarity: Floats

    @classmethod
    def learnt(cls, found: Grams, texts: int, fewest: int = 2) -> "Vocabulary":
        """The n-grams that stand in at least `fewest` of the `texts`.

        Rarity is log((1 + texts) / (1 + texts with it)) + 1, as in scikit-learn's TfidfVectorizer.
        """
        unique, counts = np.unique(once(found.hashes, found.rows), return_counts=True)
        kept = counts >= fewest
        rarity = np.log((1 + texts) / (1 + counts[kept])) + 1
        return cls(unique[kept], rarity.astype(np.float32))

    def places(self, hashes: Hashes) -> Numbers:
        """Where each number stands in the list, -1 where it does not."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, np.int64)
        at = np.searchsorted(self.hashes, hashes)
        at[at == len(self.hashes)] = 0
        return np.where(self.hashes[at] == hashes, at, -1)

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


def once(hashes: Hashes, rows: Numbers) -> Hashes:
    """The n-grams, each as often as there are texts with it."""
    order = np.lexsort((hashes, rows))
    hashes, rows = hashes[order], rows[order]
    first = np.ones(len(hashes), np.bool_)
    first[1:] = (hashes[1:] != hashes[:-1]) | (rows[1:] != rows[:-1])
    return hashes[first]
