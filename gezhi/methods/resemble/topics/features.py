"""Texts as counted runs of two and three neighboring signs, many texts at a time."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

BITS = 24
MOST_SIGNS = 600  # what is said later in a text seldom says what it is about
_BLOCK = 2_000
_PARTING = "\x00"


@dataclass(frozen=True, slots=True)
class Counted:
    """One row for each (text, run): the number of the text, of the run, and how often it stands."""

    text: NDArray[np.int64]
    run: NDArray[np.int64]
    count: NDArray[np.float32]


def counted(texts: Sequence[str]) -> Counted:
    """Every run of two or three letters of every text, sorted by text, then by run.

    Full and half width, upper and lower case are one; a run never crosses a gap. Runs are hashed
    to 2**24 numbers, the same in every process. Of a text the first 600 signs are read.
    """
    parts = [_block(texts[begin : begin + _BLOCK], begin) for begin in range(0, len(texts), _BLOCK)]
    keys = np.concatenate([part[0] for part in parts] or [np.zeros(0, dtype=np.int64)])
    times = np.concatenate([part[1] for part in parts] or [np.zeros(0, dtype=np.int64)])
    return Counted(keys >> BITS, keys & ((1 << BITS) - 1), times.astype(np.float32))


def _block(texts: Sequence[str], begin: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    plain = _PARTING.join(
        unicodedata.normalize("NFKC", text[:MOST_SIGNS].replace(_PARTING, " ")).casefold()
        for text in texts
    )
    signs = np.frombuffer(plain.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    owner = np.cumsum(signs == 0) + begin
    letter = _letters()[np.minimum(signs, 0xFFFF).astype(np.int64)]
    keys = []
    for size in (2, 3):
        last = max(len(signs) - size + 1, 0)
        whole = np.ones(last, dtype=bool)
        mixed = np.full(last, size, dtype=np.uint64)
        for step in range(size):
            whole &= letter[step : step + last]
            mixed = (mixed ^ signs[step : step + last]) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(29)
        run = (mixed[whole] >> np.uint64(64 - BITS)).astype(np.int64)
        keys.append(owner[:last][whole] << BITS | run)
    found, times = np.unique(np.concatenate(keys), return_counts=True)
    return found, times


@cache
def _letters() -> NDArray[np.bool_]:
    """Which signs of the first plane are letters or digits; the last entry is all the others."""
    return np.array([chr(point).isalnum() for point in range(0xFFFF)] + [False], dtype=bool)
