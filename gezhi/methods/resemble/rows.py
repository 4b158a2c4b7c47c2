"""The rows under an index: a column for each thing known, a tombstone for each removed matter."""

import math

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble.fingerprint import KEY, read
from gezhi.methods.resemble.grams import BITS, Hashes
from gezhi.methods.resemble.matter import Matter
from gezhi.methods.resemble.segment import ROWS, Segment, seal

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
    """What is known of each matter, in the order of adding, and the pairs of its text.

    Every `ROWS` rows are sealed as one segment; the rows after the last segment are the tail.
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
        self._table = np.zeros(1 << BITS)  # worth by pair while the tail is read, else zero

    @property
    def known(self) -> NDArray[np.void]:
        """The columns, as long as there are rows."""
        return self._known[: self.count]

    def append(self, matter: Matter) -> None:
        """Write a matter into the next row; its id must not be there yet."""
        if self.count == len(self._known):
            longer = np.zeros(max(64, self.count * 3 // 2), dtype=_ROW)
            longer[: self.count] = self._known
            self._known = longer
        pairs = read(matter.fingerprint)
        self._known[self.count] = (
            matter.id,
            matter.moment,
            degree(matter.longitude),
            degree(matter.latitude),
            NOWHERE if matter.compound_id is None else matter.compound_id,
            self.class_of.setdefault(matter.class_code, len(self.class_of)),
            len(pairs),
            matter.open,
            True,
        )
        self.frequency[pairs & KEY] += 1
        self._tail.append(pairs)
        self.row_of[matter.id] = self.count
        self.count += 1
        self.living += 1
        if len(self._tail) == ROWS:
            self._seal()

    def bury(self, number: int) -> None:
        """Take a matter out of every later answer; nothing happens where there is none."""
        row = self.row_of.pop(number, None)
        if row is None:
            return
        self._known["alive"][row] = False
        self.frequency[self.pairs_of(np.array([row]))[0] & KEY] -= 1
        self.living -= 1
        if self.count - self.living > self.living + ROWS:
            self._sweep()

    def pairs_of(self, rows: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.int64]]:
        """The pairs of the given rows (sorted) one after another, and how many each has."""
        held: list[Hashes] = [np.zeros(0, dtype=np.uint32)]
        sizes: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        for place, segment in enumerate(self.segments):
            inside = rows[
                np.searchsorted(rows, place * ROWS) : np.searchsorted(rows, place * ROWS + ROWS)
            ]
            pairs, counts = segment.pairs_of(inside - place * ROWS)
            held.append(pairs)
            sizes.append(counts.astype(np.int64))
        begin = len(self.segments) * ROWS
        last = [self._tail[row - begin] for row in rows[np.searchsorted(rows, begin) :]]
        sizes.append(np.array([len(pairs) for pairs in last], dtype=np.int64))
        return np.concatenate(held + last), np.concatenate(sizes)

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
        self._seal_all(held, sizes)
        self._tail = []

    def _seal_all(self, held: Hashes, sizes: NDArray[np.int64]) -> None:
        edges = np.zeros(len(sizes) + 1, dtype=np.int32)
        np.cumsum(sizes, out=edges[1:])
        self.segments.append(seal(held, edges))

    def _sweep(self) -> None:
        """Write the living rows anew, in their order; as long as sealing them all."""
        kept = np.flatnonzero(self.known["alive"])
        held, sizes = self.pairs_of(kept)
        edges = np.concatenate([[0], np.cumsum(sizes)])
        self._known = self.known[kept]
        self.count = self.living = len(kept)
        self.row_of = dict(zip(self._known["id"].tolist(), range(self.count), strict=True))
        self.segments = []
        for begin in range(0, self.count - ROWS + 1, ROWS):
            part = held[edges[begin] : edges[begin + ROWS]].copy()
            self._seal_all(part, sizes[begin : begin + ROWS])
        rest = range(len(self.segments) * ROWS, self.count)
        self._tail = [held[edges[row] : edges[row + 1]].copy() for row in rest]


def degree(value: float | None) -> float:
    """A coordinate as the columns keep it: NaN for an unknown one."""
    return math.nan if value is None or not math.isfinite(value) else value
