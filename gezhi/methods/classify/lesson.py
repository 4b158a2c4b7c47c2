"""Examples made ready to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from gezhi.methods.classify.folds import groups
from gezhi.methods.classify.reading import clean, whole
from gezhi.methods.classify.view import View

Chances = NDArray[np.float64]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

LONGEST = 3  # characters of an n-gram; four were tried and add nothing
FAIR, BOOST = 200.0, 4.0
"""A label with fewer than `FAIR` examples has them weigh more, up to `BOOST` times: a new label
is rare among what has been kept, not among what will come."""


class TooFew(ValueError):
    """Nothing can be learnt: fewer than two labels among the examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message with the label it should have had; a corrected one may weigh more than one."""

    subject: str
    detail: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """Rows of n-grams, the right label, the weight and the near-duplicates of each example."""

    labels: tuple[str, ...]
    views: tuple[View, View, View]  # subject, body, both as one text
    rows: tuple[sparse.csr_matrix, sparse.csr_matrix, sparse.csr_matrix]  # subject, body, both
    company: sparse.csr_matrix  # rows of the third view
    alone: NDArray[np.bool_]  # nothing known in the body
    evidence: Chances
    right: Numbers
    weight: Floats
    group: Numbers

    def aims(self) -> Floats:
        """examples × labels: one for the right label, less how frequent each label is."""
        aims = np.eye(len(self.labels), dtype=np.float32)[self.right]
        return aims - np.average(aims, axis=0, weights=self.weight).astype(np.float32)

    def prior(self) -> Chances:
        """How frequent each label is."""
        counts = np.bincount(self.right, weights=self.weight, minlength=len(self.labels))
        return np.asarray(counts / counts.sum())


def prepare(examples: Sequence[Example]) -> Lesson:
    """Count, weigh and group the examples; `TooFew` when they do not have two labels."""
    labels = tuple(sorted({example.label for example in examples}))
    if len(labels) < 2:
        raise TooFew("训练至少要有两种类别的样本。")
    number = {label: at for at, label in enumerate(labels)}
    right = np.array([number[example.label] for example in examples])
    texts = [(clean(example.subject), clean(example.detail)) for example in examples]
    views = (
        View.learnt([one for one, _ in texts], LONGEST),
        View.learnt([one for _, one in texts], LONGEST),
        View.of_company([whole(*text) for text in texts], LONGEST),
    )
    subject = views[0].read([one for one, _ in texts])
    body = views[1].read([one for _, one in texts])
    company = views[2].read([whole(*text) for text in texts]).rows
    return Lesson(
        labels,
        views,
        (subject.rows, body.rows, sparse.hstack([subject.rows, body.rows]).tocsr()),
        company,
        body.evidence == 0,
        subject.evidence + body.evidence,
        right,
        _weights(examples, right),
        groups([(example.subject, example.detail) for example in examples]),
    )


def _weights(examples: Sequence[Example], right: Numbers) -> Floats:
    share = np.maximum(np.bincount(right), 1)
    boost = np.clip(np.minimum(FAIR, np.median(share)) / share, 1.0, BOOST)
    given = np.array([example.weight for example in examples])
    return np.asarray(given * boost[right], dtype=np.float32)
