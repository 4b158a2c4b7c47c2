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


def axes(rows: sparse.csr_matrix, seed: int = 0) -> Axes:
    """The axes of these rows, some of which are the landmarks.

    Fewer than `AXES` axes where there are not enough rows or columns.
    """
    draw = np.random.default_rng(seed)
    bare = Axes(_directions(rows, min(AXES, *rows.shape), draw), np.zeros((0, 0), np.float32))
    told = np.flatnonzero(np.diff(rows.indptr))
    chosen = np.sort(draw.permutation(told)[: min(LANDMARKS, -(-len(told) // 3))])
    return Axes(bare.directions, bare.points(rows[chosen]))


def learn(
    rows: sparse.csr_matrix, aims: Floats, weight: Floats, seed: int = 0
) -> tuple[Axes, Floats]:
    """The axes of these rows, and landmarks × labels: the weights that fit the aims best."""
    found = axes(rows, seed)
    nearness = found.nearness(rows)
    weighed = (nearness * weight[:, None]).T
    squares = (weighed @ nearness).astype(np.float64)
    squares += PULL * near(found.landmarks, found.landmarks)
    squares[np.diag_indices(len(squares))] += 1e-4  # landmarks may coincide
    solved = linalg.solve(squares, (weighed @ aims).astype(np.float64), assume_a="pos")
    return found, np.asarray(solved, dtype=np.float32)


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
