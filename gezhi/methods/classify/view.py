"""One view of a message, its subject or its body, as sparse rows of weighed n-grams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from gezhi.methods.classify.grams import Grams, grams
from gezhi.methods.classify.vocabulary import Vocabulary

Chances = NDArray[np.float64]
Numbers = NDArray[np.int64]

FEWEST, SHARE = 5, 0.3  # n-grams in at least so many texts, and in at most this share of them


@dataclass(frozen=True, slots=True)
class Reading:
    """Some texts as a view read them."""

    found: Grams
    places: Numbers  # of each n-gram in the vocabulary, -1 for an unknown one
    rows: sparse.csr_matrix
    evidence: Chances  # of each text: known n-grams of two or more characters


@dataclass(frozen=True, slots=True)
class View:
    """A vocabulary of n-grams of up to `longest` characters."""

    longest: int
    vocabulary: Vocabulary

    @classmethod
    def learnt(cls, texts: Sequence[str], longest: int) -> "View":
        """The view whose vocabulary are the n-grams in at least two of these cleaned texts."""
        return cls(longest, Vocabulary.learnt(grams(texts, longest), len(texts)))

    @classmethod
    def of_company(cls, texts: Sequence[str], longest: int) -> "View":
        """The n-grams that keep company: two characters or more, neither rare nor everywhere.

        An n-gram in every text counts nothing here, not one.
        """
        found = grams(texts, longest)
        known = Vocabulary.learnt(found.of_size(2), len(texts), FEWEST, SHARE)
        return cls(longest, Vocabulary(known.hashes, known.rarity - 1))

    def read(self, texts: Sequence[str]) -> Reading:
        """Count and weigh the n-grams of cleaned texts."""
        found = grams(texts, self.longest)
        places = self.vocabulary.places(found.hashes)
        telling = (places >= 0) & (found.sizes > 1)
        return Reading(
            found,
            places,
            self.vocabulary.weigh(found.rows, places, len(texts)),
            np.bincount(found.rows[telling], minlength=len(texts)).astype(np.float64),
        )

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """What has to be kept of the view, under names that begin with `name`."""
        return {
            f"{name}_longest": np.array(self.longest),
            f"{name}_hashes": self.vocabulary.hashes,
            f"{name}_rarity": self.vocabulary.rarity,
        }

    @classmethod
    def of_arrays(cls, name: str, kept: Mapping[str, NDArray[np.generic]]) -> "View":
        """The view that gave these arrays."""
        return cls(
            int(kept[f"{name}_longest"].item()),
            Vocabulary(
                kept[f"{name}_hashes"].astype(np.uint64), kept[f"{name}_rarity"].astype(np.float32)
            ),
        )
