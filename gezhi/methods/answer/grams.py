"""Pairs of neighboring characters as numbers: the features all of this part compares."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Two code points side by side; 21 bits hold any of them.
_SHIFT = 21
_SEPARATOR = 0x10FFFF


def _points(text: str) -> Codes:
    # Lone surrogates come from broken exports; "surrogatepass" keeps them as they are.
    small = text.lower()
    # A few letters are longer in lower case; places in the text must stay true.
    raw = (small if len(small) == len(text) else text).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, dtype="<u4").astype(np.int64)


def _wordy(points: Codes) -> Bools:
    """Which code points are letters, digits or Chinese characters (marks and spaces are not)."""
    chinese = (points >= 0x3400) & (points <= 0x9FFF)
    digit = (points >= 0x30) & (points <= 0x39)
    letter = (points >= 0x61) & (points <= 0x7A)
    return np.asarray(chinese | digit | letter)


def placed_pairs(text: str) -> tuple[Codes, Codes]:
    """One code for each two neighboring letters, digits or Chinese characters, and its place."""
    points = _points(text)
    if len(points) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    wordy = _wordy(points)
    places = np.flatnonzero(wordy[:-1] & wordy[1:])
    codes: Codes = (points[:-1] << _SHIFT) | points[1:]
    return codes[places], places


def pairs(text: str) -> Codes:
    """The codes of `placed_pairs`, in order."""
    return placed_pairs(text)[0]


def pairs_of_all(texts: Sequence[str]) -> tuple[Codes, Codes]:
    """The codes of all texts and beside each the position of its text; one pass, no loop."""
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    points = _points(chr(_SEPARATOR).join(texts) + chr(_SEPARATOR))
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    wordy = _wordy(points)
    both = wordy[:-1] & wordy[1:]
    codes: Codes = (points[:-1] << _SHIFT) | points[1:]
    return codes[both], owner[:-1][both]
