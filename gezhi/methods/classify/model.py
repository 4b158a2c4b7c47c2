"""The trained weights, their file, and what they say about messages: numpy and scipy only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.classify.evidence import tempered
from gezhi.methods.classify.measures import threshold
from gezhi.methods.classify.prediction import Prediction
from gezhi.methods.classify.reading import clean
from gezhi.methods.classify.view import View
from gezhi.methods.classify.words import spoken

Floats = NDArray[np.float32]
Chances = NDArray[np.float64]

BATCH = 256  # messages read at a time, so that a long list does not need much memory
FORMAT = 1


class Unreadable(ValueError):
    """The file is not a model of this program (or of a later one)."""


@dataclass(frozen=True, slots=True)
class Model:
    """Labels, the weight of every n-gram for each of them, and how sure such scores were right.

    `sure` and `hit` are the confidences the model had in messages held out while training, and
    whether it was right: `threshold_for` reads them. `prior` is how frequent each label was.
    """

    labels: tuple[str, ...]
    subject: View
    body: View
    bias: Chances
    prior: Chances
    sure: Chances
    hit: NDArray[np.bool_]

    def predict(
        self, messages: Sequence[tuple[str, str]], *, threshold: float | None = None
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

    def chances(self, messages: Sequence[tuple[str, str]]) -> Chances:
        """messages × labels: the calibrated chances, each row summing to one."""
        texts = [(clean(subject), clean(detail)) for subject, detail in messages]
        subject = self.subject.read([one for one, _ in texts])
        body = self.body.read([one for _, one in texts])
        scores = self.subject.scores(subject) + self.body.scores(body) + self.bias
        return tempered(scores, self.prior, subject.evidence + body.evidence)

    def threshold_for(self, error: float) -> float:
        """The smallest confidence from which on at most `error` of the held-out were wrong."""
        return threshold(self.sure, self.hit, error)

    def save(self, path: Path) -> None:
        """Write the model to one file (npz: arrays and a JSON head, nothing that runs)."""
        head = {"format": FORMAT, "labels": self.labels}
        arrays: dict[str, NDArray[Any]] = {
            "head": np.frombuffer(json.dumps(head).encode(), np.uint8),
            "bias": self.bias,
            "prior": self.prior,
            "sure": self.sure,
            "hit": self.hit,
            **self.subject.arrays("subject"),
            **self.body.arrays("body"),
        }
        with path.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> "Model":
        """Read what `save` wrote; `Unreadable` for any other file."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                arrays = {name: kept[name] for name in kept.files}
            head = json.loads(arrays["head"].tobytes())
            if head["format"] != FORMAT:
                raise Unreadable(
                    f"{path.name}: format {head['format']}, this program reads {FORMAT}"
                )
            return cls(
                tuple(head["labels"]),
                View.of_arrays("subject", arrays),
                View.of_arrays("body", arrays),
                *(arrays[name] for name in ("bias", "prior", "sure", "hit")),
            )
        except (KeyError, ValueError, TypeError, EOFError) as error:
            raise Unreadable(f"{path.name}: {error}") from error

    def _predict(self, messages: Sequence[tuple[str, str]], least: float) -> list[Prediction]:
        subjects = [clean(subject) for subject, _ in messages]
        bodies = [clean(detail) for _, detail in messages]
        subject, body = self.subject.read(subjects), self.body.read(bodies)
        scores = self.subject.scores(subject) + self.body.scores(body) + self.bias
        evidence = subject.evidence + body.evidence
        chances = tempered(scores, self.prior, evidence)
        first = np.argsort(-chances, axis=1, kind="stable")[:, :3]
        words = spoken(((self.subject, subject, subjects), (self.body, body, bodies)), first[:, 0])
        return [
            Prediction(
                label=self.labels[top[0]],
                confidence=float(row[top[0]]),
                alternatives=tuple((self.labels[at], float(row[at])) for at in top.tolist()),
                words=said,
                abstained=bool(row[top[0]] < least or not known),
            )
            for row, top, said, known in zip(chances, first, words, evidence > 0, strict=True)
        ]
