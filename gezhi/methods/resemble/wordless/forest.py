"""Boosted trees as plain arrays: trained by scikit-learn in `benchmarks`, asked by numpy alone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble.wordless.history import Floats


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees one after another: node by node the feature, its threshold, the children, the value.

    `feature` is -1 at a leaf. Children are numbers of nodes; `roots` are the trees.
    """

    base: float
    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]

    def probability(self, table: Floats) -> Floats:
        """The probability of each row; rows as `describe` makes them."""
        odds = np.full(len(table), self.base)
        every = np.arange(len(table))
        for root in self.roots.tolist():
            node = np.full(len(table), root, dtype=np.int64)
            while True:
                feature = self.feature[node]
                inner = feature >= 0
                if not inner.any():
                    break
                goes_left = table[every, np.maximum(feature, 0)] <= self.threshold[node]
                node = np.where(inner, np.where(goes_left, self.left[node], self.right[node]), node)
            odds += self.value[node]
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))

    def save(self, path: Path) -> None:
        """Write as .npz, without pickle."""
        np.savez_compressed(
            path,
            base=self.base,
            roots=self.roots,
            feature=self.feature,
            threshold=self.threshold,
            left=self.left,
            right=self.right,
            value=self.value,
        )

    @classmethod
    def load(cls, path: Path) -> "Forest":
        """Read what `save` wrote; raises ValueError or KeyError for anything else."""
        with np.load(path, allow_pickle=False) as held:
            return cls(
                float(held["base"]),
                held["roots"],
                held["feature"],
                held["threshold"],
                held["left"],
                held["right"],
                held["value"],
            )
