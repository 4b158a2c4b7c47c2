"""Learning a `Model` from labelled messages: for a worker, not for a web process.

Four scores for each label are learnt by ridge regression: from the subject, from the body, from
both as one, and from where the message lies among the others (`latent`). Each is also predicted
for messages held out, in folds that near-duplicates do not cross, and a logistic regression
learns from those how to weigh the scores into chances: once for messages with a body and, by
extra unknowns, for those that have a subject only.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify.calibrate import calibrated, curve_of
from gezhi.methods.classify.evidence import softmax, tempered
from gezhi.methods.classify.folds import folds as parted
from gezhi.methods.classify.folds import groups
from gezhi.methods.classify.latent import Axes, learn
from gezhi.methods.classify.lesson import Example, Lesson, TooFew, prepare
from gezhi.methods.classify.measures import Evaluation, evaluate
from gezhi.methods.classify.model import Model, Weights
from gezhi.methods.classify.ridge import ridge
from gezhi.methods.classify.stack import Stack, fit

__all__ = ["Example", "TooFew", "cross_validate", "train"]

Chances = NDArray[np.float64]
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Say = Callable[[str], None]

PARTS = 5
PULLS = (1.0, 0.5, 1.0)  # of the subject, of the body, of both


def train(examples: Sequence[Example], *, seed: int = 0, progress: Say | None = None) -> Model:
    """The model of these examples; the same examples and seed give the same model.

    Examples without a positive weight are left out; raises `TooFew` when the others do not have
    two labels. Confidence is calibrated on predictions for examples held out in folds that
    near-duplicates do not cross.
    """
    say = progress or _silent
    say("读样本")
    lesson = prepare([example for example in examples if example.weight > 0])
    everything = np.arange(len(lesson.right))
    parts = [
        part
        for part in parted(lesson.group, lesson.right, PARTS, seed)
        if 0 < len(part) < len(everything)
    ]
    held = _held(lesson, parts, seed, say)
    say("合并")
    logits = _rehearsed(lesson, held, parts)
    stack = _stacked(lesson, held, everything)
    say("全部样本")
    axes, bent = learn(lesson.company, lesson.aims(), lesson.weight, seed)
    heads = [*_linear(lesson, everything), bent]
    return _model(lesson, axes, heads, stack, softmax(logits))


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


def _held(lesson: Lesson, parts: Sequence[Numbers], seed: int, say: Say) -> Chances:
    """examples × (heads · labels): the scores of each part, learnt from the others."""
    everything = np.arange(len(lesson.right))
    held = np.zeros((len(everything), 4 * len(lesson.labels)))
    for number, part in enumerate(parts, 1):
        say(f"第 {number}/{len(parts)} 折")
        rest = np.setdiff1d(everything, part)
        linear = _linear(lesson, rest)
        scores = [rows[part] @ weights for rows, weights in zip(lesson.rows, linear, strict=True)]
        axes, bent = learn(lesson.company[rest], lesson.aims()[rest], lesson.weight[rest], seed)
        held[part] = np.hstack([*scores, axes.nearness(lesson.company[part]) @ bent])
    return held


def _rehearsed(lesson: Lesson, held: Chances, parts: Sequence[Numbers]) -> Chances:
    """examples × labels: logits of each part from a stack that has not seen it; even if none."""
    logits = np.zeros((len(held), len(lesson.labels)))
    gated = _gated(lesson, held)
    for part in parts:
        rest = np.setdiff1d(np.arange(len(held)), part)
        logits[part] = _stacked(lesson, held, rest).logits(gated[part])
    return logits


def _linear(lesson: Lesson, used: Numbers) -> list[Floats]:
    """The weights of the three linear scores, learnt from some of the examples."""
    aims, weight = lesson.aims()[used], lesson.weight[used]
    return [
        ridge(rows[used], aims, weight, pull) for rows, pull in zip(lesson.rows, PULLS, strict=True)
    ]


def _gated(lesson: Lesson, scores: Chances) -> Chances:
    """The scores, and once more those that a message without a body has."""
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


def _model(
    lesson: Lesson, axes: Axes, heads: Sequence[Floats], stack: Stack, held: Chances
) -> Model:
    """All that is linear multiplied out; the chances held out kept for the thresholds."""
    wide = len(lesson.labels)
    by_subject, by_body, by_both, by_bent, alone_subject, alone_both, alone_bent = (
        stack.mix[at * wide : (at + 1) * wide] for at in range(7)
    )
    subject, body, both, bent = heads
    middle = subject.shape[0]
    parts = (
        subject @ by_subject + both[:middle] @ by_both,
        body @ by_body + both[middle:] @ by_both,
        bent @ by_bent,
        stack.bias,
        subject @ (by_subject + alone_subject) + both[:middle] @ (by_both + alone_both),
        bent @ (by_bent + alone_bent),
    )
    curve = curve_of(held.max(1), held.argmax(1) == lesson.right)
    chances = tempered(calibrated(held, curve), lesson.prior(), lesson.evidence)
    return Model(
        lesson.labels,
        *lesson.views,
        axes,
        Weights(*(part.astype(np.float32) for part in parts)),
        curve,
        lesson.prior(),
        chances.max(1),
        chances.argmax(1) == lesson.right,
    )


def _silent(words: str) -> None:
    del words
