"""Ridge regression on sparse rows for many labels at once, by conjugate gradients.

The dual has one unknown per message, and a step costs two products with the sparse rows: a few
seconds where a support vector machine takes a minute, and as good on short texts (Rifkin, Yeo
and Poggio 2003). Hestenes and Stiefel 1952 for the steps.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]

STEPS = 30
EXACT = 1e-4  # the squared remainder, against that of nothing learnt, at which to stop


def ridge(rows: sparse.csr_matrix, aims: Floats, weight: Floats, pull: float) -> Floats:
    """columns × labels: the weights w with the least Σ weight·(aim − row·w)² + pull·|w|².

    `aims` is rows × labels. Rows of weight 0 count for nothing.
    """
    used = np.flatnonzero(weight > 0)
    if not len(used):
        return np.zeros((rows.shape[1], aims.shape[1]), np.float32)
    rows = rows[used]
    across = rows.T.tocsr()
    loose = (np.float32(pull) / weight[used])[:, None].astype(np.float32)
    rest = aims[used].astype(np.float32)
    found = np.zeros_like(rest)
    way = rest.copy()
    size = (rest * rest).sum(0)
    enough = size * EXACT
    for _ in range(STEPS):
        if (size <= enough).all():
            break
        moved = rows @ (across @ way) + loose * way
        length = size / np.maximum((way * moved).sum(0), 1e-20)
        found += length * way
        rest -= length * moved
        before, size = size, (rest * rest).sum(0)
        way = rest + size / np.maximum(before, 1e-20) * way
    return np.asarray(across @ found, dtype=np.float32)
