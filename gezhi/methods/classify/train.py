"""Learning a `Model` from labelled messages (the only file here that knows scikit-learn)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from sklearn.svm import LinearSVC

from gezhi.methods.classify.evidence import softmax, tempered
from gezhi.methods.classify.folds import folds, groups
from gezhi.methods.classify.grams import grams
from gezhi.methods.classify.measures import Evaluation, evaluate
from gezhi.methods.classify.model import Model
from gezhi.methods.classify.reading import clean
from gezhi.methods.classify.view import View, read
from gezhi.methods.classify.vocabulary import Vocabulary

Chances = NDArray[np.float64]
Numbers = NDArray[np.int64]
Say = Callable[[str], None]

LONGEST = 3


class TooFew(ValueError):
    """Nothing can be learnt: fewer than two labels among the examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message with the label it should have had; a corrected one may weigh more than one."""

    subject: str
    detail: str
    label: str
    weight: float = 1.0


def train(examples: Sequence[Example], *, seed: int = 0, progress: Say | None = None) -> Model:
    """The model of these examples; the same examples and seed give the same model.

    Raises `TooFew` when there are not two labels. Confidence is calibrated on predictions for
    examples held out in folds that near-duplicates do not cross.
    """
    labels = tuple(sorted({example.label for example in examples}))
    if len(labels) < 2:
        raise TooFew("训练至少要有两种类别的样本。")
    say = progress or _silent
    right = np.array([labels.index(example.label) for example in examples])
    group = groups([(example.subject, example.detail) for example in examples])
    held = np.zeros((len(examples), len(labels)))
    evidence = np.zeros(len(examples))
    for number, part in enumerate(folds(group, right, 5, seed), 1):
        say(f"第 {number}/5 折")
        rest = np.setdiff1d(np.arange(len(examples)), part)
        model = _fit([examples[at] for at in rest], labels)
        held[part], evidence[part] = _scores(model, [examples[at] for at in part])
    say("全部样本")
    whole = _fit(examples, labels)
    heat = _temperature(held, right)
    chances = tempered(held * heat, whole.prior, evidence)
    return Model(
        labels,
        _heated(whole.subject, heat),
        _heated(whole.body, heat),
        whole.bias * heat,
        whole.prior,
        chances.max(1),
        chances.argmax(1) == right,
    )


def cross_validate(
    examples: Sequence[Example], *, folds: int = 5, seed: int = 0, progress: Say | None = None
) -> Evaluation:
    """Train on all folds but one, predict that one, for each; near-duplicates do not cross."""
    labels = tuple(sorted({example.label for example in examples}))
    right = np.array([labels.index(example.label) for example in examples])
    chances = held_out(examples, parts=folds, seed=seed, progress=progress)
    return evaluate(chances, right, labels)


def held_out(
    examples: Sequence[Example], *, parts: int, seed: int = 0, progress: Say | None = None
) -> Chances:
    """examples × labels (in sorted order): the chances given by a model that had not seen it."""
    labels = sorted({example.label for example in examples})
    right = np.array([labels.index(example.label) for example in examples])
    group = groups([(example.subject, example.detail) for example in examples])
    chances = np.zeros((len(examples), len(labels)))
    for part in folds(group, right, parts, seed):
        rest = np.setdiff1d(np.arange(len(examples)), part)
        model = train([examples[at] for at in rest], seed=seed, progress=progress)
        columns = np.array([labels.index(label) for label in model.labels])
        chances[np.ix_(part, columns)] = model.chances(
            [(examples[at].subject, examples[at].detail) for at in part]
        )
    return chances


def _fit(examples: Sequence[Example], labels: tuple[str, ...]) -> Model:
    right = np.array([labels.index(example.label) for example in examples])
    weight = np.array([example.weight for example in examples])
    views: list[View] = []
    rows: list[sparse.csr_matrix] = []
    for texts in (
        [clean(one.subject) for one in examples],
        [clean(one.detail) for one in examples],
    ):
        vocabulary = Vocabulary.learnt(grams(texts, LONGEST), len(texts))
        rows.append(read(vocabulary, LONGEST, texts).rows)
        views.append(View(LONGEST, vocabulary, np.zeros((0, 0), np.float32)))
    seen = np.unique(right)
    machine = LinearSVC(C=0.5).fit(sparse.hstack(rows).tocsr(), right, sample_weight=weight)
    weights = np.zeros((machine.coef_.shape[1], len(labels)), np.float32)
    bias = np.full(len(labels), -2.0)
    both = len(seen) == 2
    weights[:, seen] = (np.vstack([-machine.coef_, machine.coef_]) if both else machine.coef_).T
    bias[seen] = (
        np.concatenate([-machine.intercept_, machine.intercept_]) if both else machine.intercept_
    )
    middle = rows[0].shape[1]
    prior = np.bincount(right, weights=weight, minlength=len(labels))
    return Model(
        labels,
        View(LONGEST, views[0].vocabulary, weights[:middle]),
        View(LONGEST, views[1].vocabulary, weights[middle:]),
        bias,
        prior / prior.sum(),
        np.zeros(0),
        np.zeros(0, np.bool_),
    )


def _scores(model: Model, examples: Sequence[Example]) -> tuple[Chances, Chances]:
    subject = model.subject.read([clean(example.subject) for example in examples])
    body = model.body.read([clean(example.detail) for example in examples])
    scores = model.subject.scores(subject) + model.body.scores(body) + model.bias
    return scores, subject.evidence + body.evidence


def _temperature(scores: Chances, right: Numbers) -> float:
    """The factor that makes softmax chances most likely for what was right (Guo et al. 2017)."""

    def surprise(log: float) -> float:
        chances = softmax(scores * np.exp(log))[np.arange(len(right)), right]
        return float(-np.log(chances + 1e-12).mean())

    return float(np.exp(optimize.minimize_scalar(surprise, bounds=(-3, 4), method="bounded").x))


def _heated(view: View, heat: float) -> View:
    return View(view.longest, view.vocabulary, view.weights * np.float32(heat))


def _silent(words: str) -> None:
    del words
