"""Whether a topic is mostly copies of one template."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse.csgraph import connected_components

from gezhi.methods.resemble.topics.views import Views

ALIKE = 0.7  # cosine above which two texts are copies with small changes
FEWEST = 5  # voices that make a campaign
SHARE = 0.5  # of the voices of a topic
_MOST = 1_000  # texts looked at


def organized(views: Views, items: Sequence[int]) -> bool:
    """Whether at least five voices, and half of all, say a text that others of the topic say too.

    `items` is the text of each voice; equal texts, whether of one account or of many, are copies.
    Looks at the first thousand texts.
    """
    texts, copies = np.unique(np.asarray(items), return_counts=True)
    rows = views.whole[texts[:_MOST]]
    _, group = connected_components((rows @ rows.T) > ALIKE, directed=False)
    sizes = np.bincount(group, copies[:_MOST])
    copied = sizes[sizes > 2].sum()
    return bool(copied >= FEWEST and copied >= SHARE * copies[:_MOST].sum())
