"""The rows under an index: a column for each thing known, a tombstone for each removed case."""

import math

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble.case import ComparedCase
from gezhi.methods.resemble.fingerprinting import KEY, read
from gezhi.methods.resemble.grams import BITS, Hashes
from gezhi.methods.resemble.segment import JOINED, SMALL, Segment, join, seal

NOWHERE = -1
_ROW = np.dtype(
    [
        ("id", np.int64),
        ("moment", np.float64),
        ("longitude", np.float64),
        ("latitude", np.float64),
        ("compound", np.int64),
        ("class_code", np.int32),
        ("size", np.int32),
        ("open", np.bool_),
        ("alive", np.bool_),
    ]
)


class Rows:
    """What is known of each case, in the order of adding, and the pairs of its text.

    Every `SMALL` rows are sealed as a segment, every `JOINED` segments made one (as a
    log-structured merge tree does); the rows after the last segment are the tail.
    """

    def __init__(self) -> None:
        self.count = 0
        self.living = 0
        self.segments: list[Segment] = []
        self.frequency: NDArray[np.int32] = np.zeros(1 << BITS, dtype=np.int32)
        self.row_of: dict[int, int] = {}
        self.class_of: dict[str, int] = {"": 0}
        self._known = np.zeros(64, dtype=_ROW)
        self._tail: list[Hashes] = []
        self._table = np.zeros(
            1 << BITS, dtype=np.float32
        )  # worth by pair while the tail is read, else zero

    @property
    def known(self) -> NDArray[np.void]:
        """The columns, as long as there are rows."""
        return self._known[: self.count]

    def append(self, case: ComparedCase) -> None:
        """Write a case into the next row; its id must not be there yet."""
        if self.count == len(self._known):
            longer = np.zeros(max(64, self.count * 3 // 2), dtype=_ROW)
            longer[: self.count] = self._known
            self._known = longer
        pairs = read(case.fingerprint)
        self._known[self.count] = (
            case.id,
            case.moment,
            degree(case.longitude),
            degree(case.latitude),
            NOWHERE if case.compound_id is None else case.compound_id,
            self.class_of.setdefault(case.class_code, len(self.class_of)),
            len(pairs),
            case.open,
            True,
        )
        self.frequency[pairs & KEY] += 1
        self._tail.append(pairs)
        self.row_of[case.id] = self.count
        self.count += 1
        self.living += 1
        if len(self._tail) == SMALL:
            self._seal()

    def bury(self, number: int) -> None:
        """Take a case out of every later answer; nothing happens where there is none."""
        row = self.row_of.pop(number, None)
        if row is None:
            return
        self._known["alive"][row] = False
        self.frequency[self.pairs_of(np.array([row]))[0] & KEY] -= 1
        self.living -= 1
        if self.count - self.living > self.living + SMALL * JOINED:
            self._sweep()

    def pairs_of(self, rows: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
        """The pairs of the given rows (sorted) one after another, and how many each has."""
        held: list[Hashes] = [np.zeros(0, dtype=np.uint32)]
        sizes: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        for segment in self.segments:
            first, last = np.searchsorted(rows, [segment.start, segment.start + segment.count])
            pairs, counts = segment.pairs_of(rows[first:last] - segment.start)
            held.append(pairs)
            sizes.append(counts.astype(np.int64))
        begin = self.count - len(self._tail)
        rest = [self._tail[row - begin] for row in rows[np.searchsorted(rows, begin) :]]
        sizes.append(np.array([len(pairs) for pairs in rest], dtype=np.int64))
        return np.concatenate(held + rest), np.concatenate(sizes)

    def shared_in_tail(self, asked: Hashes, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each row of the tail the worth of all asked pairs that it holds."""
        held, sizes = self._joined_tail()
        self._table[asked] = worth
        value = self._table[held & KEY]
        self._table[asked] = 0.0
        owner = np.repeat(np.arange(len(sizes)), sizes)
        return np.asarray(np.bincount(owner, value, len(sizes)), dtype=np.float64)

    def _joined_tail(self) -> tuple[Hashes, NDArray[np.int64]]:
        sizes = np.array([len(pairs) for pairs in self._tail], dtype=np.int64)
        return np.concatenate([np.zeros(0, dtype=np.uint32), *self._tail]), sizes

    def _seal(self) -> None:
        held, sizes = self._joined_tail()
        self.segments.append(seal(self.count - len(sizes), held, sizes))
        self._tail = []
        last = self.segments[-JOINED:]
        if len(last) == JOINED and all(segment.count == SMALL for segment in last):
            self.segments[-JOINED:] = [join(last)]

    def _sweep(self) -> None:
        """Write the living rows anew, in their order; takes as long as sealing them all."""
        kept = np.flatnonzero(self.known["alive"])
        held, sizes = self.pairs_of(kept)
        edges = np.concatenate([[0], np.cumsum(sizes)])
        self._known = self.known[kept]
        self.count = self.living = len(kept)
        self.row_of = dict(zip(self._known["id"].tolist(), range(self.count), strict=True))
        self.segments, self._tail = [], []
        for begin in range(0, self.count, SMALL * JOINED):
            end = min(begin + SMALL * JOINED, self.count)
            part = held[edges[begin] : edges[end]].copy()
            self.segments.append(seal(begin, part, sizes[begin:end]))


def degree(value: float | None) -> float:
    """A coordinate as the columns keep it: NaN for an unknown one."""
    return math.nan if value is None or not math.isfinite(value) else value
