"""One way to learn, judged on five folds: how right, how honest, how fast, how large."""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify import Evaluation, Model, evaluate
from gezhi.methods.classify.folds import folds, groups
from gezhi.methods.classify.train import Example

Chances = NDArray[np.float64]
Message = tuple[str, str]
ALONE = 300  # messages timed one by one


class Learnt(Protocol):
    """What learning gives."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the columns."""

    def chances(self, messages: Sequence[Message]) -> Chances:
        """messages × labels."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one way; costs are those of the slowest fold.

    What one core does is measured by the processor's clock of a process that has one thread, so
    that others at work on the same machine do not count.
    """

    name: str
    figures: Evaluation
    training: float  # seconds by the wall
    training_cpu: float
    per_second: float  # messages in one long list
    alone: float  # milliseconds, the 95th percentile
    size: float  # megabytes


Kind = TypeVar("Kind", bound=Learnt)


def judge(
    name: str,
    learn: Callable[[Sequence[Example]], Kind],
    size: Callable[[Kind], float],
    examples: Sequence[Example],
    seed: int = 0,
) -> Outcome:
    """Learn on four folds and predict the fifth, for each of the five."""
    labels = sorted({example.label for example in examples})
    right = np.array([labels.index(example.label) for example in examples])
    group = groups([(example.subject, example.detail) for example in examples])
    chances = np.zeros((len(examples), len(labels)))
    costs: list[tuple[float, float, float, float, float]] = []
    for part in folds(group, right, 5, seed):
        rest = np.setdiff1d(np.arange(len(examples)), part)
        began, began_cpu = time.perf_counter(), time.process_time()
        learnt = learn([examples[at] for at in rest])
        spent = time.perf_counter() - began, time.process_time() - began_cpu
        asked = [(examples[at].subject, examples[at].detail) for at in part]
        columns = np.array([labels.index(label) for label in learnt.labels])
        chances[np.ix_(part, columns)] = learnt.chances(asked)
        began = time.process_time()
        _answer(learnt, asked)
        rate = len(asked) / (time.process_time() - began)
        print(f"{name}: {len(costs) + 1}/5, {spent[1]:.0f} s CPU", file=sys.stderr, flush=True)
        costs.append((*spent, rate, _alone(learnt, asked), size(learnt)))
    return Outcome(
        name,
        evaluate(chances, right, labels),
        max(cost[0] for cost in costs),
        max(cost[1] for cost in costs),
        min(cost[2] for cost in costs),
        max(cost[3] for cost in costs),
        max(cost[4] for cost in costs),
    )


def size_of(model: Model) -> float:
    """Megabytes of the file the model is kept in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        model.save(path)
        return path.stat().st_size / 1e6


def _alone(learnt: Learnt, asked: Sequence[Message]) -> float:
    times: list[float] = []
    for message in asked[:ALONE]:
        began = time.process_time()
        _answer(learnt, [message])
        times.append(time.process_time() - began)
    return float(np.percentile(times, 95)) * 1000


def _answer(learnt: Learnt, asked: Sequence[Message]) -> None:
    """What is asked of it in use: of ours the words too."""
    if isinstance(learnt, Model):
        learnt.predict(asked)
    else:
        learnt.chances(asked)
