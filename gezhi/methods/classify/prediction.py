"""What the method says about one message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """Advice, never a decision: a person accepts or changes it.

    `confidence` is the calibrated chance that `label` is right: of the messages given 0.9, nine
    in ten are. `alternatives` are the three likeliest labels, the first one included. `words`
    stand in the message and spoke for the label (at most six, the strongest first).
    """

    label: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    words: tuple[str, ...]
    abstained: bool
