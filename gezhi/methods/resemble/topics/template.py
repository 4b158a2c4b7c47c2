"""Whether a topic is mostly copies of one template."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from gezhi.methods.resemble.topics.views import Views

ALIKE = 0.7  # cosine above which two texts are copies with small changes
FEWEST = 5  # reports that make a campaign
SHARE = 0.5  # of the reports of a topic
_MOST = 1_000  # texts looked at
_PAIRS = 4_000_000  # pairs of texts compared at a time

Numbers = NDArray[np.int64]
Copies = tuple[Numbers, Numbers]  # different texts, and reports of each


def organized(views: Views, topics: Sequence[Sequence[int]]) -> list[bool]:
    """Of each topic, whether five reports, and half of all, say a text that others of it say too.

    A topic is the text of each of its reports; equal texts, whether of one account or of many, are
    copies. Looks at the first thousand texts of a topic. Topics are compared many at a time.
    """
    verdicts = [False] * len(topics)
    for batch in _batches(topics):
        copied, heard = _copied(views, [texts for _, texts in batch])
        for (at, _), some, whole in zip(batch, copied, heard, strict=True):
            verdicts[at] = bool(some >= FEWEST and some >= SHARE * whole)
    return verdicts


def _batches(topics: Sequence[Sequence[int]]) -> Iterator[list[tuple[int, Copies]]]:
    """Topics of enough reports, with their numbers, as many as may be compared at a time."""
    batch: list[tuple[int, Copies]] = []
    pairs = 0
    for at, topic in enumerate(topics):
        if len(topic) < FEWEST:
            continue
        texts, copies = np.unique(np.asarray(topic), return_counts=True)
        if batch and pairs + len(texts[:_MOST]) ** 2 > _PAIRS:
            yield batch
            batch, pairs = [], 0
        batch.append((at, (texts[:_MOST], copies[:_MOST])))
        pairs += len(texts[:_MOST]) ** 2
    if batch:
        yield batch


def _copied(views: Views, topics: Sequence[Copies]) -> tuple[Numbers, Numbers]:
    """Of each topic the reports that say a copied text, and all reports."""
    owner = np.repeat(np.arange(len(topics)), [len(texts) for texts, _ in topics])
    copies = np.concatenate([copies for _, copies in topics])
    rows = csr_matrix(views.whole[np.concatenate([texts for texts, _ in topics])])
    # Each topic has columns of its own, so that only texts of one topic meet.
    column = np.repeat(owner, np.diff(rows.indptr)) * np.int64(rows.shape[1]) + rows.indices
    held, column = np.unique(column, return_inverse=True)
    shape = (rows.shape[0], max(len(held), 1))
    apart = csr_matrix((rows.data, column.astype(np.int32), rows.indptr), shape=shape)
    _, group = connected_components((apart @ apart.T) > ALIKE, directed=False)
    copied = np.bincount(group, copies)[group] > 2
    some, whole = np.bincount(owner, copies * copied), np.bincount(owner, copies)
    return some.astype(np.int64), whole.astype(np.int64)
