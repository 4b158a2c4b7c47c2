"""Making the first label's chance honest: of the messages given 0.9, nine in ten are right.

The stack's chances are right on the whole, but a little too high near one and too low in the
middle, as some messages bear a wrong label whatever they say. A curve of three numbers mends
that (beta calibration: Kull, Silva Filho and Flach 2017), for the first label, as it is the one
that is offered (Gupta and Ramdas 2022); the others share what is left as they did.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Chances = NDArray[np.float64]

AS_IT_IS = (1.0, 1.0, 0.0)
TRUST = 2.0  # how much few examples are held back from bending the curve
EDGE = 1e-9


def calibrated(chances: Chances, curve: Chances) -> Chances:
    """The same chances with the first of each row moved along the curve; it stays the first."""
    if not len(chances):
        return chances
    first = chances.argmax(1)
    rows = np.arange(len(chances))
    sure = np.clip(chances[rows, first], EDGE, 1 - EDGE)
    others = chances.copy()
    others[rows, first] = 0
    second = others.max(1)
    moved = np.maximum(_along(sure, curve), second / (1 - sure + second) * (1 + EDGE))
    others *= ((1 - moved) / (1 - sure))[:, None]
    others[rows, first] = moved
    return others


def curve_of(sure: Chances, hit: NDArray[np.bool_]) -> Chances:
    """The curve under which these messages are right as often as they are said to be."""
    sure = np.clip(sure, EDGE, 1 - EDGE)

    def surprise(curve: Chances) -> float:
        moved = np.clip(_along(sure, curve), EDGE, 1 - EDGE)
        told = -np.log(np.where(hit, moved, 1 - moved)).sum()
        return float(told + TRUST * ((curve - AS_IT_IS) ** 2).sum())

    found = optimize.minimize(
        surprise, np.array(AS_IT_IS), method="L-BFGS-B", bounds=((0.05, 5), (0.05, 5), (-5, 5))
    )
    return np.asarray(found.x, dtype=np.float64)


def _along(sure: Chances, curve: Chances) -> Chances:
    bend = curve[0] * np.log(sure) - curve[1] * np.log1p(-sure) + curve[2]
    return np.asarray(1 / (1 + np.exp(-bend)))
