"""Several scores for each label into one chance (stacking: Wolpert 1992), by logistic regression.

The scores come from messages held out while they were made, so that the chances fitted to them
are honest for messages not seen.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from gezhi.methods.classify.evidence import softmax

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

FREE = 12
"""Up to so many labels each score may speak for and against every label; with more of them only
for its own, or there would be more unknowns than messages."""

SPREAD = 0.1  # the variance the unknowns are believed to have (standardized scores)
ROUNDS = 200
CLOSE = 1e-6  # the relative gain of a round under which it stops


@dataclass(frozen=True, slots=True)
class Stack:
    """Logits = scores · `mix` + `bias`; the scores of a message stand side by side in a row."""

    mix: Floats  # (heads · labels) × labels
    bias: Floats

    def logits(self, scores: Floats) -> Floats:
        """messages × labels."""
        return np.asarray(scores @ self.mix + self.bias)


def fit(scores: Floats, right: Numbers, weight: Floats, labels: int) -> Stack:
    """The stack under which what was right is likeliest.

    `scores` is messages × (heads · labels), head by head. Labels not among `right` get chances
    near zero. Needs at least one message.
    """
    middle, spread = scores.mean(0), scores.std(0) + 1e-9
    even = (scores - middle) / spread
    wide = even.shape[1]
    own = (
        np.ones((wide, labels)) if labels <= FREE else np.tile(np.eye(labels), (wide // labels, 1))
    )
    aims = np.eye(labels)[right]

    def surprise(flat: Floats) -> tuple[float, Floats]:
        mix, bias = flat[:-labels].reshape(wide, labels) * own, flat[-labels:]
        chances = softmax(even @ mix + bias)
        off = (chances - aims) * weight[:, None]
        told = -(weight * np.log(chances[np.arange(len(right)), right] + 1e-300)).sum()
        slope = (even.T @ off + mix / SPREAD) * own
        return (
            float(told + 0.5 / SPREAD * (mix**2).sum()),
            np.concatenate([slope.ravel(), off.sum(0)]),
        )

    start = np.zeros((wide + 1) * labels)
    seen = np.bincount(right, weights=weight, minlength=labels)
    start[-labels:] = np.log((seen + 0.01) / (seen + 0.01).sum())
    found = optimize.minimize(
        surprise, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "ftol": CLOSE}
    ).x
    mix = found[:-labels].reshape(wide, labels) * own / spread[:, None]
    return Stack(mix, found[-labels:] - middle @ mix)
