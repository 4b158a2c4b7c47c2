"""Texts as counted runs of two and three neighboring signs, many texts at a time."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

BITS = 24
MOST_SIGNS = 600  # what is said later in a text seldom says what it is about
HEAD_WORTH = 3  # a run in the subject weighs as three in the body
_BLOCK = 1_000
_PARTING = "\x00"  # after a text
_NECK = "\x01"  # between its head and its body
_PLANE = 0xFFFF  # signs beyond the first plane are no letters here
_MOST_TIMES = 255

Parts = Sequence[tuple[str, str]]
Times = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Counted:
    """The runs of text t, each once and sorted, are those from begins[t] to begins[t + 1].

    `said`: how often, one in the head as three, 255 at most; `bare`: the same outside of names.
    """

    begins: NDArray[np.int64]
    run: NDArray[np.uint32]
    said: Times
    bare: Times

    @property
    def texts(self) -> int:
        """How many texts there are."""
        return len(self.begins) - 1


def counted(parts: Parts, bare: Parts | None = None, *, once: bool = False) -> Counted:
    """Every run of two or three letters of every text, given as head and body.

    `bare` are the same texts, sign for sign, with gaps where names stand. With `once` a run counts
    once in the head and once in the body. Full and half width, upper and lower case are one; a run
    never crosses a gap. Runs are hashed to 2**24 numbers, the same in every process. Of a body the
    first 600 signs are read. One pass for all of it, a thousand texts at a time.
    """
    blocks = [
        _block(
            parts[begin : begin + _BLOCK],
            None if bare is None else bare[begin : begin + _BLOCK],
            once=once,
        )
        for begin in range(0, len(parts), _BLOCK)
    ]
    lengths = np.concatenate([np.zeros(1, dtype=np.int64), *(block[0] for block in blocks)])
    return Counted(
        np.cumsum(lengths),
        np.concatenate([np.zeros(0, dtype=np.uint32), *(block[1] for block in blocks)]),
        np.concatenate([np.zeros(0, dtype=np.uint8), *(block[2] for block in blocks)]),
        np.concatenate([np.zeros(0, dtype=np.uint8), *(block[3] for block in blocks)]),
    )


def _block(
    parts: Parts, bare: Parts | None, *, once: bool
) -> tuple[NDArray[np.int64], NDArray[np.uint32], Times, Times]:
    signs = _signs(parts)
    segment = np.cumsum(signs <= 1)  # even in a head, odd in a body
    mark = (segment >> 1 << (BITS + 2)) | ((segment & 1) ^ 1) << 1
    letter = _letters()[signs]
    outside = letter if bare is None else _letters()[_signs(bare)]
    folded = _folded()[signs]
    keys = np.concatenate([_keys(folded, letter, outside, mark, size) for size in (2, 3)])
    keys.sort()
    first = np.ones(len(keys), dtype=bool)
    if once:
        first[1:] = keys[1:] != keys[:-1]
        keys, first = keys[first], first[first]
    first[1:] = keys[1:] >> 2 != keys[:-1] >> 2
    starts = np.flatnonzero(first)
    if not len(starts):
        empty = np.zeros(0, dtype=np.uint8)
        return np.zeros(len(parts), dtype=np.int64), np.zeros(0, dtype=np.uint32), empty, empty
    worth = np.where(keys & 2, HEAD_WORTH, 1).astype(np.int32)
    said = np.add.reduceat(worth, starts)
    plain = np.add.reduceat(worth * (keys & 1).astype(np.int32), starts)
    held = keys[starts] >> 2
    return (
        np.bincount(held >> BITS, minlength=len(parts)),
        (held & ((1 << BITS) - 1)).astype(np.uint32),
        np.minimum(said, _MOST_TIMES).astype(np.uint8),
        np.minimum(plain, _MOST_TIMES).astype(np.uint8),
    )


def _signs(parts: Parts) -> NDArray[np.int64]:
    joined = _PARTING.join(
        f"{_clean(head)}{_NECK}{_clean(body[:MOST_SIGNS])}" for head, body in parts
    )
    points = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype="<u4")
    signs: NDArray[np.int64] = np.minimum(points, _PLANE).astype(np.int64)
    return signs


def _clean(text: str) -> str:
    return text.replace(_PARTING, " ").replace(_NECK, " ")


def _keys(
    folded: NDArray[np.uint64],
    letter: NDArray[np.bool_],
    outside: NDArray[np.bool_],
    mark: NDArray[np.int64],
    size: int,
) -> NDArray[np.int64]:
    """Text, run, head or body, and bare or not, of every run of one size, in one number each."""
    last = max(len(folded) - size + 1, 0)
    whole, plain = np.ones((2, last), dtype=bool)
    mixed = np.full(last, size, dtype=np.uint64)
    for step in range(size):
        span = slice(step, step + last)
        whole &= letter[span]
        plain &= outside[span]
        mixed = (mixed ^ folded[span]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    run = (mixed[whole] >> np.uint64(64 - BITS)).astype(np.int64)
    return mark[:last][whole] | run << 2 | plain[whole]


@cache
def _letters() -> NDArray[np.bool_]:
    """Which signs of the first plane are letters or digits; the last entry is all the others."""
    return np.array([chr(point).isalnum() for point in range(_PLANE)] + [False], dtype=bool)


@cache
def _folded() -> NDArray[np.uint64]:
    """What each sign is compared as: NFKC and casefold where that is one sign, else itself."""
    folded = np.arange(_PLANE + 1, dtype=np.uint64)
    for point in range(_PLANE):
        plain = unicodedata.normalize("NFKC", chr(point)).casefold()
        if len(plain) == 1:
            folded[point] = ord(plain)
    return folded
