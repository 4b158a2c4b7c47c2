"""Three views of each text: the whole of it, the places it names, and what is left, the cause."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gezhi.methods.resemble.topics.features import BITS, Counted, Times, counted
from gezhi.methods.resemble.topics.heavy import heaviest
from gezhi.methods.resemble.topics.names import read

PRIOR = 500.0  # texts imagined beside the given, so that in a small window nothing is worth zero
KEPT = 160  # runs kept of one text, the heaviest
_BLOCK = 1_000
_SLICE = 1 << 22  # runs counted at a time

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Views:
    """Unit rows for each text, weighted by rarity; `named`: the subject names a place.

    `rarity` of each column, and `column` of each hashed run (-1: not shared), for choosing words;
    `names` of each text, those of the subject first.
    """

    whole: csr_matrix
    place: csr_matrix
    cause: csr_matrix
    named: NDArray[np.bool_]
    column: NDArray[np.int32]
    rarity: Floats
    names: list[tuple[list[str], list[str]]]

    @property
    def count(self) -> int:
        """How many texts there are."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class _Scale:
    """What the runs of all texts are weighed by."""

    column: NDArray[np.int32]
    rarity: Floats
    alone: float  # the rarity of a run that one text has


def look(texts: Sequence[str]) -> Views:
    """The views of some texts, no two of which should be equal: a copy makes its words common.

    Rarity is log((n + 500) / texts with it) and counts only runs that two texts share
    (Spärck Jones 1972). Refuses nothing; a text without letters has empty rows.
    """
    reads = [read(text) for text in texts]
    names = [part.names for part in reads]
    said = counted([part.whole for part in reads], [part.bare for part in reads])
    del reads
    named = counted([("|".join(heads), "|".join(bodies)) for heads, bodies in names], once=True)
    scale = _scale(said)
    plain = np.arange(256, dtype=np.float32)
    damped = np.log1p(plain)
    return Views(
        whole=_unit(said, said.said, damped, scale),
        place=_unit(named, named.said, plain, scale, lone=scale.alone),
        cause=_unit(said, said.bare, damped, scale),
        named=np.array([bool(found) for found, _ in names], dtype=bool),
        column=scale.column,
        rarity=scale.rarity,
        names=names,
    )


def _scale(said: Counted) -> _Scale:
    seen = np.zeros(1 << BITS, dtype=np.int32)
    for begin in range(0, len(said.run), _SLICE):
        seen += np.bincount(said.run[begin : begin + _SLICE], minlength=1 << BITS)
    shared = np.flatnonzero(seen > 1)
    column = np.full(1 << BITS, -1, dtype=np.int32)
    column[shared] = np.arange(len(shared))
    rarity = np.log((said.texts + PRIOR) / seen[shared]).astype(np.float32)
    return _Scale(column, rarity, float(np.log(said.texts + PRIOR)))


def _unit(
    found: Counted, times: Times, worth_of: Floats, scale: _Scale, *, lone: float = 0.0
) -> csr_matrix:
    """Rows of what the times are worth, by rarity, of length one, cut to their heaviest runs.

    A run that no other text has is in no row, as it is like nothing; but with `lone` above zero
    it counts in the length: a name nobody else says still tells that the place is another.
    """
    data, indices = [np.zeros(0, dtype=np.float32)], [np.zeros(0, dtype=np.int32)]
    lengths = [np.zeros(1, dtype=np.int64)]
    for first in range(0, found.texts, _BLOCK):
        begins = found.begins[first : first + _BLOCK + 1]
        span = slice(begins[0], begins[-1])
        rows = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
        column, worth = scale.column[found.run[span]], worth_of[times[span]]
        beside = np.bincount(rows, (column < 0) * (worth * lone) ** 2, len(begins) - 1)
        held = (column >= 0) & (worth > 0)
        rows, column, worth = rows[held], column[held], worth[held]
        worth *= scale.rarity[column]
        squares = np.bincount(rows, worth.astype(np.float64) ** 2, len(beside))
        worth /= np.sqrt(squares + beside)[rows].astype(np.float32)
        heavy = heaviest(rows, worth, KEPT)
        data.append(worth[heavy])
        indices.append(column[heavy])
        lengths.append(np.bincount(rows[heavy], minlength=len(squares)))
    shape = (found.texts, max(len(scale.rarity), 1))
    ends = np.cumsum(np.concatenate(lengths))
    return csr_matrix((np.concatenate(data), np.concatenate(indices), ends), shape=shape)
