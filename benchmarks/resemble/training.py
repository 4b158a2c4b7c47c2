"""Training of the wordless forest by scikit-learn: what is trained is asked by numpy alone."""

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from gezhi.methods.resemble.wordless.forest import Forest
from gezhi.methods.resemble.wordless.history import Floats


def train(
    table: Floats, duplicate: NDArray[np.bool_], *, seed: int = 0, trees: int = 250
) -> Forest:
    """Gradient-boosted trees on rows of `describe`; the same seed gives the same forest.

    Raises ValueError where there are not both duplicates and others.
    """
    if duplicate.all() or not duplicate.any():
        raise ValueError("needs duplicates and others to learn from")
    learner = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=30,
        l2_regularization=2.0,
        max_features=0.4,
        early_stopping=False,
        random_state=seed,
    )
    learner.fit(table, duplicate)
    return _as_arrays(learner)


def _as_arrays(learner: HistGradientBoostingClassifier) -> Forest:
    trees = [stage[0].nodes for stage in learner._predictors]
    starts = np.cumsum([0, *(len(nodes) for nodes in trees[:-1])])
    nodes = np.concatenate(trees)
    offset = np.repeat(starts, [len(one) for one in trees])
    leaf = nodes["is_leaf"].astype(bool)
    return Forest(
        base=float(np.ravel(learner._baseline_prediction)[0]),
        roots=starts.astype(np.int32),
        feature=np.where(leaf, -1, nodes["feature_idx"]).astype(np.int16),
        threshold=nodes["num_threshold"].astype(np.float64),
        left=(nodes["left"] + offset).astype(np.int32),
        right=(nodes["right"] + offset).astype(np.int32),
        value=np.where(leaf, nodes["value"], 0.0),
    )
