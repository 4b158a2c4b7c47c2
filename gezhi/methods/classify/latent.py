"""Meaning beyond the letter: messages as points, near each other when their n-grams keep company.

The points are the rows on the first axes of a singular value decomposition (latent semantic
analysis: Deerwester et al. 1990; the randomized way of Halko, Martinsson and Tropp 2011). Where
a label lies among them is bent, so a message is told by how near it is to some landmarks, taken
from the examples, and a ridge regression learns from that (Smola and Schölkopf 2000). The axes
and the landmarks need no label.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Numbers = NDArray[np.int64]

AXES = 128
ROUNDS = 3
LANDMARKS = 1500  # but at most a third of the messages, or few of them would be known by heart
SHARPNESS = 1.5  # nearness of two points of length one is exp(−SHARPNESS · distance²)
PULL = 0.3


@dataclass(frozen=True, slots=True)
class Axes:
    """Where each n-gram points, and the landmarks."""

    directions: Floats  # n-grams × axes
    landmarks: Floats  # landmarks × axes, each of length one

    def points(self, rows: sparse.csr_matrix) -> Floats:
        """rows × axes: of length one, or all zero where nothing is known."""
        found = rows @ self.directions
        length = np.sqrt((found * found).sum(1, keepdims=True))
        return np.asarray(found / np.maximum(length, 1e-6), dtype=np.float32)

    def nearness(self, rows: sparse.csr_matrix) -> Floats:
        """rows × landmarks: from exp(−4 · SHARPNESS) for the opposite up to one for the same."""
        return near(self.points(rows), self.landmarks)


def near(points: Floats, others: Floats) -> Floats:
    """points × others: the nearness of points of length one."""
    nearness: Floats = np.exp(np.float32(2 * SHARPNESS) * (points @ others.T - np.float32(1)))
    return nearness


def axes(rows: sparse.csr_matrix, seed: int = 0) -> tuple[Axes, Numbers]:
    """The axes of these rows, and which of the rows are the landmarks.

    Fewer than `AXES` axes where there are not enough rows or columns.
    """
    draw = np.random.default_rng(seed)
    bare = Axes(_directions(rows, min(AXES, *rows.shape), draw), np.zeros((0, 0), np.float32))
    told = np.flatnonzero(np.diff(rows.indptr))
    chosen = np.sort(draw.permutation(told)[: min(LANDMARKS, -(-len(told) // 3))])
    return Axes(bare.directions, bare.points(rows[chosen])), chosen


def _directions(rows: sparse.csr_matrix, many: int, draw: np.random.Generator) -> Floats:
    across = rows.T.tocsr()
    more = min(many + 10, *rows.shape)
    basis = draw.normal(size=(rows.shape[1], more)).astype(np.float32)
    for _ in range(ROUNDS):
        spread = linalg.qr(rows @ basis, mode="economic", check_finite=False)[0]
        basis = linalg.qr(across @ spread, mode="economic", check_finite=False)[0]
    seen = (rows @ basis).astype(np.float64)
    turn = np.linalg.eigh(seen.T @ seen)[1][:, ::-1][:, :many]
    return np.asarray(basis @ turn, dtype=np.float32)


class Bent:
    """Ridge regression on nearness, for many choices of rows at little more than one's price."""

    def __init__(
        self, axes: Axes, chosen: Numbers, nearness: Floats, aims: Floats, weight: Floats
    ) -> None:
        """Sum up all rows once; `nearness` and `aims` have a row for each example."""
        self._nearness, self._aims, self._weight = nearness, aims, weight
        self._chosen = chosen
        self._pull = PULL * near(axes.landmarks, axes.landmarks).astype(np.float64)
        self._pull[np.diag_indices(len(self._pull))] += 1e-4  # landmarks may coincide
        self._all = self._sums(np.arange(len(nearness)))

    def without(self, rows: Numbers) -> Floats:
        """landmarks × labels: the weights learnt from all rows but these.

        Landmarks among these rows are left out as well (weight 0): a message not seen is not one.
        """
        squares, products = self._all
        if len(rows):
            less = self._sums(rows)
            squares, products = squares - less[0], products - less[1]
        used = np.flatnonzero(~np.isin(self._chosen, rows))
        part = np.ix_(used, used)
        weights = np.zeros(products.shape, np.float32)
        weights[used] = linalg.solve(
            squares[part] + self._pull[part], products[used], assume_a="pos"
        )
        return weights

    def _sums(self, rows: Numbers) -> tuple[Doubles, Doubles]:
        nearness = self._nearness[rows]
        weighed = (nearness * self._weight[rows][:, None]).T
        return (
            (weighed @ nearness).astype(np.float64),
            (weighed @ self._aims[rows]).astype(np.float64),
        )
