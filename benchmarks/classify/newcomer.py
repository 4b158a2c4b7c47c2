"""A label nobody had used: how well it is known after 50 corrected examples, and at what price.

One fold of five tests. On the rest a model learns without the label; then with 50 of its
messages given back. The price is what the other labels lose in recall and macro-F1 between the
two, among test messages that are theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify import Model
from gezhi.methods.classify.folds import folds, groups
from gezhi.methods.classify.measures import macro_f1
from gezhi.methods.classify.train import Example, train

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What 50 examples did."""

    label: str
    recall: float
    precision: float
    others_before: float  # macro-F1 of the other labels on their own messages
    others_after: float
    lost_recall: float  # points of recall the other labels lost on average


def newcomers(
    examples: Sequence[Example], given: int = 50, seed: int = 0, only: Sequence[str] = ()
) -> list[Newcomer]:
    """Each label (or only some) held out in turn, on the first of five folds."""
    labels = sorted({example.label for example in examples})
    right = np.array([labels.index(example.label) for example in examples])
    group = groups([(example.subject, example.detail) for example in examples])
    test = folds(group, right, 5, seed)[0]
    rest = np.setdiff1d(np.arange(len(examples)), test)
    return [
        _newcomer(examples, labels, right, at, test, rest, given, seed)
        for at in range(len(labels))
        if not only or labels[at] in only
    ]


def _newcomer(
    examples: Sequence[Example],
    labels: Sequence[str],
    right: Numbers,
    held: int,
    test: Numbers,
    rest: Numbers,
    given: int,
    seed: int,
) -> Newcomer:
    old = rest[right[rest] != held]
    back = np.random.default_rng(seed).permutation(rest[right[rest] == held])[:given]
    before = train([examples[at] for at in old], seed=seed)
    after = train([examples[at] for at in np.concatenate([old, back])], seed=seed)
    others = test[right[test] != held]
    first, then = _said(before, examples, others, labels), _said(after, examples, others, labels)
    own = _said(after, examples, test[right[test] == held], labels)
    rivals = [at for at in range(len(labels)) if at != held]
    recalls = [
        float(np.mean(first[right[others] == at] == at) - np.mean(then[right[others] == at] == at))
        for at in rivals
    ]
    took = int((own == held).sum())
    return Newcomer(
        labels[held],
        took / max(len(own), 1),
        took / max(took + int((then == held).sum()), 1),
        macro_f1(first, right[others], rivals),
        macro_f1(then, right[others], rivals),
        float(np.mean(recalls)),
    )


def _said(
    model: Model, examples: Sequence[Example], rows: Numbers, labels: Sequence[str]
) -> Numbers:
    said = model.predict([(examples[at].subject, examples[at].detail) for at in rows])
    return np.array([labels.index(one.label) for one in said])
