"""The trained weights, their file, and what they say about messages: numpy and scipy only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify.calibrate import calibrated
from gezhi.methods.classify.evidence import softmax, tempered
from gezhi.methods.classify.latent import Axes
from gezhi.methods.classify.measures import threshold
from gezhi.methods.classify.prediction import Prediction
from gezhi.methods.classify.reading import clean, whole
from gezhi.methods.classify.view import Reading, View
from gezhi.methods.classify.words import spoken

Floats = NDArray[np.float32]
Chances = NDArray[np.float64]
Message = tuple[str, str]

BATCH = 256  # messages read at a time, so that a long list does not need much memory
FORMAT = 4
AXES = ("directions", "landmarks")


class Unreadable(ValueError):
    """The file is not a model of this program (or of a later one)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each n-gram, and nearness to each landmark, says for and against each label (… × labels).

    Training stacks its scores by a linear rule, so they come down to these sums. A message
    without a body is weighed apart (`alone`): its subject has to say everything.
    """

    subject: Floats
    body: Floats
    landmarks: Floats
    bias: Floats
    alone: Floats
    alone_landmarks: Floats


@dataclass(frozen=True, slots=True)
class Look:
    """Some messages read: texts, n-grams, scores, chances."""

    texts: tuple[list[str], list[str]]
    readings: tuple[Reading, Reading]
    alone: NDArray[np.bool_]
    evidence: Chances
    chances: Chances


@dataclass(frozen=True, slots=True)
class Model:
    """Labels, the weight of every n-gram for each of them, and how sure such scores were right.

    `sure` and `hit` are the confidences the model had in messages held out while training, and
    whether it was right: `threshold_for` reads them. `curve` mends the chances (`calibrate`); `prior` is how frequent each label was.
    """

    labels: tuple[str, ...]
    subject: View
    body: View
    whole: View
    axes: Axes
    weights: Weights
    curve: Chances
    prior: Chances
    sure: Chances
    hit: NDArray[np.bool_]

    def predict(
        self, messages: Sequence[Message], *, threshold: float | None = None
    ) -> list[Prediction]:
        """One prediction per (subject, detail), in order; never refuses a text.

        Below `threshold` the prediction is marked as abstained. A text in which nothing is known
        abstains always, with the priors as its chances.
        """
        least = 0.0 if threshold is None else threshold
        found: list[Prediction] = []
        for begin in range(0, len(messages), BATCH):
            found.extend(self._predict(messages[begin : begin + BATCH], least))
        return found

    def chances(self, messages: Sequence[Message]) -> Chances:
        """messages × labels: the calibrated chances, each row summing to one."""
        parts = [
            self._look(messages[begin : begin + BATCH]).chances
            for begin in range(0, len(messages), BATCH)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.labels)))

    def threshold_for(self, error: float) -> float:
        """The smallest confidence from which on at most `error` of the held-out were wrong."""
        return threshold(self.sure, self.hit, error)

    def save(self, path: Path) -> None:
        """Write the model to one file (npz: arrays and a JSON head, nothing that runs)."""
        head = {"format": FORMAT, "labels": self.labels}
        arrays: dict[str, NDArray[Any]] = {
            "head": np.frombuffer(json.dumps(head).encode(), np.uint8),
            "curve": self.curve,
            "prior": self.prior,
            "sure": self.sure,
            "hit": self.hit,
            **self.subject.arrays("subject"),
            **self.body.arrays("body"),
            **self.whole.arrays("whole"),
        }
        for name in AXES:
            arrays[f"axes_{name}"] = getattr(self.axes, name).astype(np.float16)
        for one in fields(Weights):
            arrays[f"weights_{one.name}"] = getattr(self.weights, one.name).astype(np.float16)
        with path.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> "Model":
        """Read what `save` wrote (weights to three digits); `Unreadable` for any other file."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                arrays = {name: kept[name] for name in kept.files}
            head = json.loads(arrays["head"].tobytes())
            if head["format"] != FORMAT:
                raise Unreadable(f"format {head['format']}, this program reads {FORMAT}")
            weights = (arrays[f"weights_{one.name}"].astype(np.float32) for one in fields(Weights))
            axes = (arrays[f"axes_{name}"].astype(np.float32) for name in AXES)
            return cls(
                tuple(head["labels"]),
                View.of_arrays("subject", arrays),
                View.of_arrays("body", arrays),
                View.of_arrays("whole", arrays),
                Axes(*axes),
                Weights(*weights),
                arrays["curve"],
                arrays["prior"],
                arrays["sure"],
                arrays["hit"],
            )
        except (KeyError, ValueError, TypeError, EOFError, BadZipFile) as error:
            raise Unreadable(f"{path.name}: {error}") from error

    def _look(self, messages: Sequence[Message]) -> Look:
        subjects = [clean(subject) for subject, _ in messages]
        bodies = [clean(detail) for _, detail in messages]
        subject, body = self.subject.read(subjects), self.body.read(bodies)
        alone = body.evidence == 0
        texts = [whole(*text) for text in zip(subjects, bodies, strict=True)]
        nearness = self.axes.nearness(self.whole.read(texts).rows)
        weights = self.weights
        scores = np.where(
            alone[:, None],
            subject.rows @ weights.alone + nearness @ weights.alone_landmarks,
            subject.rows @ weights.subject
            + body.rows @ weights.body
            + nearness @ weights.landmarks,
        ).astype(np.float64)
        scores += weights.bias
        evidence = subject.evidence + body.evidence
        chances = tempered(calibrated(softmax(scores), self.curve), self.prior, evidence)
        return Look((subjects, bodies), (subject, body), alone, evidence, chances)

    def _predict(self, messages: Sequence[Message], least: float) -> list[Prediction]:
        look = self._look(messages)
        first = np.argsort(-look.chances, axis=1, kind="stable")[:, :3]
        words = self._words(look, first[:, 0])
        return [
            Prediction(
                label=self.labels[top[0]],
                confidence=float(row[top[0]]),
                alternatives=tuple((self.labels[at], float(row[at])) for at in top.tolist()),
                words=said,
                abstained=bool(row[top[0]] < least or not known),
            )
            for row, top, said, known in zip(
                look.chances, first, words, look.evidence > 0, strict=True
            )
        ]

    def _words(self, look: Look, labels: NDArray[np.intp]) -> list[tuple[str, ...]]:
        subject, body = look.readings
        said = (self.subject.vocabulary.rarity, self.body.vocabulary.rarity)
        return spoken(
            (
                (self.weights.subject, said[0], subject, look.texts[0]),
                (self.weights.body, said[1], body, look.texts[1]),
            ),
            labels,
        )
