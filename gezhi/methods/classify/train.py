"""Learning a `Model` from labelled messages: for a worker, not for a web process.

Three scores for each label — from the subject, from the body, from both as one — are learnt by
ridge regression. Each is also predicted for messages held out, in folds that near-duplicates do
not cross, and a logistic regression learns from those how to weigh the scores into chances:
once for messages with a body and, by extra unknowns, for those that have a subject only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from gezhi.methods.classify.evidence import softmax, tempered
from gezhi.methods.classify.folds import folds as parted
from gezhi.methods.classify.folds import groups
from gezhi.methods.classify.measures import Evaluation, evaluate
from gezhi.methods.classify.model import Model, Weights
from gezhi.methods.classify.reading import clean
from gezhi.methods.classify.ridge import ridge
from gezhi.methods.classify.stack import Stack, fit
from gezhi.methods.classify.view import View

Chances = NDArray[np.float64]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Say = Callable[[str], None]

LONGEST = 3
PARTS = 5
PULLS = (1.0, 0.5, 1.0)  # of the subject, of the body, of both
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
    """Examples made ready: rows of n-grams, the right label, the weight, the near-duplicates."""

    labels: tuple[str, ...]
    views: tuple[View, View]
    rows: tuple[sparse.csr_matrix, sparse.csr_matrix, sparse.csr_matrix]
    alone: NDArray[np.bool_]
    evidence: Chances
    right: Numbers
    weight: Floats
    group: Numbers


def train(examples: Sequence[Example], *, seed: int = 0, progress: Say | None = None) -> Model:
    """The model of these examples; the same examples and seed give the same model.

    Examples without a positive weight are left out; raises `TooFew` when the others do not have
    two labels. Confidence is calibrated on predictions for
    examples held out in folds that near-duplicates do not cross.
    """
    say = progress or _silent
    say("读样本")
    examples = [example for example in examples if example.weight > 0]
    lesson = _lesson(examples)
    wide = len(lesson.labels)
    held = np.zeros((len(examples), 3 * wide))
    parts = [
        (part, np.setdiff1d(np.arange(len(examples)), part))
        for part in parted(lesson.group, lesson.right, PARTS, seed)
        if 0 < len(part) < len(examples)
    ]
    for number, (part, rest) in enumerate(parts, 1):
        say(f"第 {number}/{len(parts)} 折")
        scores = zip(lesson.rows, _heads(lesson, rest), strict=True)
        held[part] = np.hstack([rows[part] @ weights for rows, weights in scores])
    say("合并")
    chances = np.full((len(examples), wide), 1 / wide)
    for part, rest in parts:
        chances[part] = softmax(_stacked(lesson, held, rest).logits(_gated(lesson, held)[part]))
    stack = _stacked(lesson, held, np.arange(len(examples)))
    say("全部样本")
    return _model(lesson, _heads(lesson, np.arange(len(examples))), stack, chances)


def cross_validate(
    examples: Sequence[Example], *, folds: int = 5, seed: int = 0, progress: Say | None = None
) -> Evaluation:
    """Train on all folds but one, predict that one, for each; near-duplicates do not cross."""
    labels = sorted({example.label for example in examples})
    right = np.array([labels.index(example.label) for example in examples])
    group = groups([(example.subject, example.detail) for example in examples])
    chances = np.zeros((len(examples), len(labels)))
    for part in parted(group, right, folds, seed):
        rest = np.setdiff1d(np.arange(len(examples)), part)
        model = train([examples[at] for at in rest], seed=seed, progress=progress)
        columns = np.array([labels.index(label) for label in model.labels])
        chances[np.ix_(part, columns)] = model.chances(
            [(examples[at].subject, examples[at].detail) for at in part]
        )
    return evaluate(chances, right, labels)


def _lesson(examples: Sequence[Example]) -> Lesson:
    labels = tuple(sorted({example.label for example in examples}))
    if len(labels) < 2:
        raise TooFew("训练至少要有两种类别的样本。")
    number = {label: at for at, label in enumerate(labels)}
    right = np.array([number[example.label] for example in examples])
    texts = (
        [clean(example.subject) for example in examples],
        [clean(example.detail) for example in examples],
    )
    views = (View.learnt(texts[0], LONGEST), View.learnt(texts[1], LONGEST))
    subject, body = (view.read(text) for view, text in zip(views, texts, strict=True))
    share = np.bincount(right, minlength=len(labels))
    boost = np.clip(np.minimum(FAIR, np.median(share)) / share, 1.0, BOOST)
    weight = np.array([example.weight for example in examples]) * boost[right]
    return Lesson(
        labels,
        views,
        (subject.rows, body.rows, sparse.hstack([subject.rows, body.rows]).tocsr()),
        body.evidence == 0,
        subject.evidence + body.evidence,
        right,
        weight.astype(np.float32),
        groups([(example.subject, example.detail) for example in examples]),
    )


def _heads(lesson: Lesson, used: Numbers) -> list[Floats]:
    """The weights of the three scores, learnt from some of the examples."""
    aims = np.eye(len(lesson.labels), dtype=np.float32)[lesson.right[used]]
    weight = lesson.weight[used]
    aims -= np.average(aims, axis=0, weights=weight).astype(np.float32)
    return [
        ridge(rows[used], aims, weight, pull) for rows, pull in zip(lesson.rows, PULLS, strict=True)
    ]


def _gated(lesson: Lesson, scores: Chances) -> Chances:
    """The scores, and once more those of subject and of both for messages without a body."""
    wide = len(lesson.labels)
    more = np.hstack([scores[:, :wide], scores[:, 2 * wide :]]) * lesson.alone[:, None]
    return np.hstack([scores, more])


def _stacked(lesson: Lesson, held: Chances, used: Numbers) -> Stack:
    return fit(
        _gated(lesson, held)[used],
        lesson.right[used],
        lesson.weight[used].astype(np.float64),
        len(lesson.labels),
    )


def _model(lesson: Lesson, heads: Sequence[Floats], stack: Stack, held: Chances) -> Model:
    """All that is linear multiplied out; the chances held out kept for the thresholds."""
    wide = len(lesson.labels)
    by_subject, by_body, by_both, alone_subject, alone_both = (
        stack.mix[at * wide : (at + 1) * wide] for at in range(5)
    )
    subject, body, both = heads
    middle = subject.shape[0]
    weights = Weights(
        *(
            part.astype(np.float32)
            for part in (
                subject @ by_subject + both[:middle] @ by_both,
                body @ by_body + both[middle:] @ by_both,
                stack.bias,
                subject @ (by_subject + alone_subject) + both[:middle] @ (by_both + alone_both),
            )
        )
    )
    prior = np.bincount(lesson.right, weights=lesson.weight, minlength=wide)
    prior = prior / prior.sum()
    chances = tempered(np.log(held + 1e-12), prior, lesson.evidence)
    return Model(
        lesson.labels,
        *lesson.views,
        weights,
        prior,
        chances.max(1),
        chances.argmax(1) == lesson.right,
    )


def _silent(words: str) -> None:
    del words
