"""What a grid must be: how many households it wants and how few and how many it bears."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Refused(ValueError):
    """The question cannot be answered; nothing was divided.

    `code` is stable for programs; `facts` holds numbers and positions in the input, never names.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code + (f" {facts}" if facts else ""))
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Rules:
    """Bounds of one grid, in the unit of the weight (households unless people are chosen).

    The default is the practice of the pilot streets: 300 households, about 1,000 people
    (GB/T 34300-2017 names 300 to 500 households; both are settings, not law). Raises `Refused`
    with code `bounds` unless 0 < minimum <= target <= maximum.
    """

    target: int = 300
    minimum: int = 200
    maximum: int = 400

    def __post_init__(self) -> None:
        if not 0 < self.minimum <= self.target <= self.maximum:
            raise Refused("bounds", target=self.target, minimum=self.minimum, maximum=self.maximum)

    def counts(self, total: int) -> range:
        """The numbers of grids whose bounds admit this total; empty when none does."""
        return (
            range(-(-total // self.maximum), total // self.minimum + 1) if total > 0 else range(0)
        )

    def best_count(self, total: int) -> int:
        """The number of grids nearest to total/target that the bounds admit, at least one."""
        wanted = max(1, round(total / self.target))
        admitted = self.counts(total)
        if not admitted:
            return wanted if total > self.maximum else 1
        return min(max(wanted, admitted[0]), admitted[-1])

    def excess(self, load: Ints) -> Ints:
        """How far each load lies outside the bounds, 0 inside."""
        return np.maximum(0, np.maximum(self.minimum - load, load - self.maximum))
