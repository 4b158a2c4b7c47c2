"""Texts as hashed runs of one to three signs, the features of duplicates and of hot topics.

A sign is one letter of a text, or a whole run of Latin letters and digits: "A7县" is two signs and
"13栋" shares nothing with "3栋". Full and half width, upper and lower case are the same; tags of
HTML and everything that is neither letter nor digit part the runs. Nothing is looked up, so any
text of any length gives an answer.
"""

import re
import unicodedata
import zlib

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

BITS = 20
_MASK = np.uint32((1 << BITS) - 1)
_TAG = re.compile(r"<[^<>\n]{0,200}>|&[a-z]{2,6};")
_ASCII = re.compile(r"[0-9a-z]{2,}")
_GAP = re.compile(r"[\W_]+")
_SPACE = 0x20
_BEYOND = 0x110000  # past the last code point: runs of Latin letters and digits live here


def normalized(text: str) -> str:
    """Letters and digits of a text in one width and case, everything else one space."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _GAP.sub(" ", _TAG.sub(" ", plain)).strip()


def signs(text: str) -> Hashes:
    """The signs of a text in order; 32 stands for every gap. Empty for a text without letters."""
    plain = normalized(text)
    found: Hashes = np.frombuffer(plain.encode("utf-32-le", "replace"), dtype="<u4").copy()
    keep = np.ones(len(found), dtype=bool)
    for run in _ASCII.finditer(plain):
        found[run.start()] = _BEYOND + zlib.crc32(run.group().encode()) % (1 << 30)
        keep[run.start() + 1 : run.end()] = False
    return found[keep]


def hashed(found: Hashes, size: int) -> tuple[Hashes, NDArray[np.int64]]:
    """Every run of `size` neighboring signs as a number below 2**BITS, and where it begins.

    A run never crosses a gap. The same run has the same number in every process and version.
    """
    count = len(found) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
    mixed = np.full(count, 0x9E3779B9 + size, dtype=np.uint32)
    whole = np.ones(count, dtype=bool)
    for step in range(size):
        part = found[step : step + count]
        whole &= part != _SPACE
        mixed = (mixed ^ part) * np.uint32(0x85EBCA6B)
        mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    begins = np.flatnonzero(whole)
    return mixed[begins] & _MASK, begins


def grams(text: str, sizes: tuple[int, ...] = (1, 2, 3)) -> Hashes:
    """All hashed runs of the given sizes, repeats kept, sizes one after another.

    Runs of different sizes share one space of 2**20 numbers; what is hashed cannot be read back.
    """
    found = signs(text)
    parts = [hashed(found, size)[0] for size in sizes]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)
