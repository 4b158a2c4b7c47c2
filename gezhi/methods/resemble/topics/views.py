"""Three views of each text: the whole of it, the places it names, and what is left, the cause."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gezhi.methods.resemble.topics.features import BITS, MOST_SIGNS, Counted, counted
from gezhi.methods.resemble.topics.names import BODY_SIGNS, places, split, without

HEAD_WORTH = 3.0  # a run in the subject weighs as three in the body
PRIOR = 500.0  # texts imagined beside the given, so that in a small window nothing is worth zero
KEPT = 160  # runs kept of one text, the heaviest


@dataclass(frozen=True, slots=True)
class Views:
    """Unit rows for each text, weighted by rarity; `named`: the subject names a place.

    `runs` (sorted) and the rarity of each, for choosing words; `names` of each text, those of the
    subject first.
    """

    whole: csr_matrix
    place: csr_matrix
    cause: csr_matrix
    named: NDArray[np.bool_]
    runs: NDArray[np.int64]
    rarity: NDArray[np.float32]
    names: list[tuple[list[str], list[str]]]

    @property
    def count(self) -> int:
        """How many texts there are."""
        return len(self.names)


def look(texts: Sequence[str]) -> Views:
    """The views of some texts, no two of which should be equal: a copy makes its words common.

    Rarity is log((n + 500) / texts with it) and counts only runs that two texts share
    (Spärck Jones 1972). Refuses nothing; a text without letters has empty rows.
    """
    parts = [split(text) for text in texts]
    names = [(places(head), places(body[:BODY_SIGNS])) for head, body in parts]
    bare = [
        (without(head, found), without(body[:MOST_SIGNS], [*found, *more]))
        for (head, body), (found, more) in zip(parts, names, strict=True)
    ]
    counts = [
        *(counted([part[side] for part in parts]) for side in (0, 1)),
        *(counted([part[side] for part in bare]) for side in (0, 1)),
        counted(["|".join(found) for found, _ in names]),
        counted(["|".join(found) for _, found in names]),
    ]
    runs, seen = _shared(counts[0], counts[1])
    heads, bodies, bare_heads, bare_bodies, head_names, body_names = (
        _table(found, len(parts), runs) for found in counts
    )
    both = csr_matrix(heads * HEAD_WORTH + bodies)
    cause = csr_matrix(bare_heads * HEAD_WORTH + bare_bodies)
    place = csr_matrix((head_names > 0) * HEAD_WORTH + (body_names > 0))
    rarity = np.log((len(parts) + PRIOR) / seen).astype(np.float32)
    return Views(
        whole=_unit(both, rarity, damped=True),
        place=_unit(place, rarity, damped=False, beside=_alone(counts[4:], runs, len(parts))),
        cause=_unit(cause, rarity, damped=True),
        named=np.array([bool(found) for found, _ in names], dtype=bool),
        runs=runs,
        rarity=rarity,
        names=names,
    )


def _shared(heads: Counted, bodies: Counted) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The runs that more than one text has, sorted, and in how many they are."""
    keys = np.concatenate([heads.text << BITS | heads.run, bodies.text << BITS | bodies.run])
    keys.sort()
    once = np.ones(len(keys), dtype=bool)
    once[1:] = keys[1:] != keys[:-1]
    seen = np.bincount(keys[once] & ((1 << BITS) - 1), minlength=1)
    runs = np.flatnonzero(seen > 1)
    return runs, seen[runs]


def _table(found: Counted, rows: int, runs: NDArray[np.int64]) -> csr_matrix:
    column = np.searchsorted(runs, found.run)
    held = column < len(runs)
    held[held] = runs[column[held]] == found.run[held]
    shape = (rows, max(len(runs), 1))
    return csr_matrix((found.count[held], (found.text[held], column[held])), shape=shape)


def _alone(counts: Sequence[Counted], runs: NDArray[np.int64], rows: int) -> NDArray[np.float64]:
    """The squared weight of each text's runs of names that no other text has.

    They are like nothing, but a name nobody else says still tells that the place is another.
    """
    weight = np.zeros(rows)
    for found, worth in zip(counts, (HEAD_WORTH, 1.0), strict=True):
        alone = found.text[~np.isin(found.run, runs)]
        weight += (worth * np.log(rows + PRIOR)) ** 2 * np.bincount(alone, minlength=rows)
    return weight


def _unit(
    table: csr_matrix,
    rarity: NDArray[np.float32],
    *,
    damped: bool,
    beside: NDArray[np.float64] | float = 0.0,
) -> csr_matrix:
    """Rows times rarity, of length one with what is `beside`, cut to their heaviest runs."""
    times = np.log1p(table.data) if damped else table.data
    worth = (times * rarity[table.indices]).astype(np.float32)
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    length = np.sqrt(np.bincount(rows, worth.astype(np.float64) ** 2, table.shape[0]) + beside)
    worth /= np.where(length > 0, length, 1.0)[rows].astype(np.float32)
    return heaviest(csr_matrix((worth, table.indices, table.indptr), shape=table.shape), KEPT)


def heaviest(table: csr_matrix, most: int) -> csr_matrix:
    """The same rows with only their `most` heaviest entries; nothing that is not above zero."""
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    order = np.lexsort((-table.data, rows))
    rank = np.arange(len(rows)) - table.indptr[rows]
    heavy = order[(rank < most) & (table.data[order] > 0)]
    return csr_matrix((table.data[heavy], (rows[heavy], table.indices[heavy])), shape=table.shape)
