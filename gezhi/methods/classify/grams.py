"""Numbers for the character n-grams of many texts at once.

Every run of 1…`longest` neighbouring characters gets a 64-bit number made of its characters; no
table of strings is kept, so counting a message is a few passes of numpy over its code points.
Two n-grams of one number are possible and harmless: with 10^6 of them the chance of a single
clash is 3 in 100 million.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]

_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)
_GAP = 10  # the end of a text; no n-gram crosses it (texts are clean: no line ends in them)


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of some texts, in no order worth relying on."""

    hashes: Hashes
    rows: Numbers  # the text each one stands in
    starts: Numbers  # where it begins in that text
    sizes: Numbers  # how many characters it has

    def of_size(self, fewest: int) -> "Grams":
        """Those of at least so many characters."""
        kept = self.sizes >= fewest
        return Grams(self.hashes[kept], self.rows[kept], self.starts[kept], self.sizes[kept])


def grams(texts: Sequence[str], longest: int) -> Grams:
    """Every n-gram of 1…`longest` characters of every (cleaned) text; blanks count as gaps."""
    points = np.frombuffer(
        "\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    ).astype(np.uint64)
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    begins = np.cumsum(lengths + 1) - (lengths + 1)
    row = np.repeat(np.arange(len(texts)), lengths + 1)[: len(points)]
    whole = (points != _GAP) & (points != ord(" "))
    parts = _runs(points, whole, longest)
    places = np.concatenate([place for _, place in parts])
    rows = row[places]
    return Grams(
        np.concatenate([found for found, _ in parts]),
        rows,
        places - begins[rows] if len(texts) else places,
        np.concatenate([np.full(len(place), size + 1) for size, (_, place) in enumerate(parts)]),
    )


def runs(text: str, size: int) -> Hashes:
    """The numbers of the runs of `size` characters of one text, blanks among them."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _runs(points.astype(np.uint64), np.ones(len(points), np.bool_), size)[-1][0]


def _runs(points: Hashes, whole: NDArray[np.bool_], longest: int) -> list[tuple[Hashes, Numbers]]:
    """Of each size the numbers of the runs without a gap, and where they begin."""
    parts: list[tuple[Hashes, Numbers]] = []
    rolled: Hashes = np.zeros(len(points), np.uint64)
    fits = np.ones(len(points), np.bool_)
    for size in range(longest):
        left = max(len(points) - size, 0)
        rolled = (rolled[:left] * _FIRST) ^ (points[size:] * _SECOND)
        rolled ^= rolled >> _SHIFT
        fits = fits[:left] & whole[size:]
        place = np.flatnonzero(fits)
        parts.append((rolled[place], place))
    return parts
