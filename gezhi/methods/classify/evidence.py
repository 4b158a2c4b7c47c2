"""From scores to chances, with the caution that short and strange texts deserve."""

import numpy as np
from numpy.typing import NDArray

Chances = NDArray[np.float64]

ENOUGH = 6.0
"""With this many known n-grams of two or more characters a text has said 63 % of its say.

A subject of eight characters has twenty of them (96 %). Messages to train on are rarely
shorter, so the calibration learnt from them says nothing about the few that are."""


def softmax(scores: Chances) -> Chances:
    """Row by row exp(score) over the sum of them."""
    grown = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(grown / grown.sum(1, keepdims=True))


def tempered(chances: Chances, prior: Chances, evidence: Chances) -> Chances:
    """Chances that fall back to how frequent the labels are, the less known a text says.

    `evidence` is the number of known n-grams of each text; with none the chances are the prior.
    """
    say = 1 - np.exp(-evidence / ENOUGH)[:, None]
    return np.asarray(chances * say + prior * (1 - say))
