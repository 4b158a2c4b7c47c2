"""Growing topics: the two closest on both sides join, by averages over all pairs of their texts.

Averages (UPGMA, Sokal & Michener 1958) and not the nearest pair, so that no chain of neighbors
makes a topic; the less pairs an average rests on, the higher it must be.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

from gezhi.methods.resemble.topics.near import Pairs
from gezhi.methods.resemble.topics.views import PRIOR, Views

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

# A bar is its first number plus its second over the root of the number of pairs averaged.
WHOLE = (0.06, 0.10)  # likeness of the whole texts
BOTH = (0.05, 0.10)  # root of likeness of place times likeness of cause
# Likeness of cause, above that of two texts at random, without which a shared place joins nothing.
CAUSE = (0.0085, 0.020)
MOST_CHANCE = 0.02  # so that one event everybody speaks of does not hide the others
OTHER_PLACE = 0.10  # subjects that name places less alike than this speak of different ones
HOPELESS = 0.035
NEAR_WORTH, NEAR_METERS = 0.6, 300.0  # what standing at one point says about the place
_ENTRIES = 500_000  # of the rows compared at a time, as rows grow wide when clusters grow


@dataclass(frozen=True, slots=True)
class Spots:
    """East and north in meters; NaN where unknown."""

    east: Floats
    north: Floats


@dataclass(slots=True)
class Clusters:
    """Sums of the rows of each cluster's texts in each view, and what else is summed."""

    whole: csr_matrix
    place: csr_matrix
    cause: csr_matrix
    size: Floats
    named: Floats
    spots: Spots
    chance: float

    def joined(self, low: Labels, high: Labels, stay: Labels) -> "Clusters":
        """The clusters that stay as they are, then those of each low and its high together.

        All others are left out, so that the work shrinks as less and less can still join.
        """
        one, other = np.where(np.isfinite(self.spots.east), self.size, 0.0)[[low, high]]

        def middle(where: Floats) -> Floats:
            apart = np.nan_to_num(where)
            with np.errstate(invalid="ignore"):
                met = (apart[low] * one + apart[high] * other) / (one + other)
            return np.concatenate([where[stay], met])

        def total(sums: Floats) -> Floats:
            return np.concatenate([sums[stay], sums[low] + sums[high]])

        def rows(sums: csr_matrix) -> csr_matrix:
            return csr_matrix(vstack([sums[stay], sums[low] + sums[high]], format="csr"))

        return Clusters(
            whole=rows(self.whole),
            place=rows(self.place),
            cause=rows(self.cause),
            size=total(self.size),
            named=total(self.named),
            spots=Spots(middle(self.spots.east), middle(self.spots.north)),
            chance=self.chance,
        )


def grow(views: Views, pairs: Pairs, spots: Spots) -> Labels:
    """A label for each text; texts of one topic have the same, a text alone has its own."""
    used, place_of = np.unique(pairs, return_inverse=True)
    clusters = Clusters(
        whole=csr_matrix(views.whole[used]),
        place=csr_matrix(views.place[used]),
        cause=csr_matrix(views.cause[used]),
        size=np.ones(len(used)),
        named=views.named[used].astype(np.float64),
        spots=Spots(spots.east[used], spots.north[used]),
        chance=_chance(views.cause),
    )
    names, joins = used, [np.zeros((0, 2), dtype=np.int64)]
    pairs, worth = _kept(place_of.reshape(-1, 2).astype(np.int64), clusters)
    while len(low_high := _mutual(pairs, worth, len(names))):
        low, high = low_high.T
        joins.append(names[low_high])
        stay = np.setdiff1d(pairs, low_high)
        number = np.full(len(names), -1)
        number[stay] = np.arange(len(stay))
        number[low] = number[high] = len(stay) + np.arange(len(low))
        names = np.concatenate([names[stay], names[low]])
        clusters = clusters.joined(low, high, stay)
        pairs, worth = _carried(pairs, worth, number, len(stay), clusters)
    return _labels(np.concatenate(joins), views.count)


def _chance(rows: csr_matrix) -> float:
    """How like two texts are that have nothing to do with each other, by the mean of all pairs.

    The smaller the vocabulary, the more. Beside the texts stand the imagined ones of the rarity,
    so that in a small window, where all may speak of one case, it is near zero.
    """
    count = rows.shape[0] + PRIOR
    total = np.asarray(rows.sum(axis=0), dtype=np.float64).ravel()
    itself = float(np.square(rows.data, dtype=np.float64).sum())
    return min((float(total @ total) - itself) / float(count**2), MOST_CHANCE)


def _labels(joins: NDArray[np.int64], count: int) -> Labels:
    """One label for all texts that the joins, each of two texts, hold together."""
    links = csr_matrix((np.ones(len(joins), dtype=np.int8), joins.T), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _carried(
    pairs: Pairs, worth: Floats, number: Labels, old: int, clusters: Clusters
) -> tuple[Pairs, Floats]:
    """The pairs after a merging, those with a cluster that is not among the old weighed again."""
    pairs = np.sort(number[pairs], axis=1)
    apart = pairs[:, 0] != pairs[:, 1]
    pairs, worth = pairs[apart], worth[apart]
    again = pairs[:, 1] >= old
    count = np.int64(len(clusters.size))
    keys = np.unique(pairs[again, 0] * count + pairs[again, 1])
    fresh, value = _kept(np.column_stack([keys // count, keys % count]), clusters)
    return np.concatenate([pairs[~again], fresh]), np.concatenate([worth[~again], value])


def _mutual(pairs: Pairs, worth: Floats, count: int) -> Pairs:
    """The pairs that are best for both sides."""
    good = worth > 0
    pairs, worth = pairs[good], worth[good]
    mine = np.concatenate([pairs[:, 0], pairs[:, 1]])
    theirs = np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.lexsort((theirs, -np.concatenate([worth, worth]), mine))
    mine, theirs = mine[order], theirs[order]
    first = np.ones(len(mine), dtype=bool)
    first[1:] = mine[1:] != mine[:-1]
    best = np.full(count, -1)
    best[mine[first]] = theirs[first]
    chosen = np.flatnonzero(best >= 0)
    lower = chosen[(best[best[chosen]] == chosen) & (chosen < best[chosen])]
    return np.column_stack([lower, best[lower]])


def _kept(pairs: Pairs, clusters: Clusters) -> tuple[Pairs, Floats]:
    """The pairs that may yet join, and by how much each is above (or below) its bar."""
    kept, worth = [np.zeros((0, 2), dtype=np.int64)], [np.zeros(0)]
    width = np.diff(clusters.whole.indptr).astype(np.int64)
    part = np.cumsum(width[pairs].sum(axis=1)) // _ENTRIES
    for chunk in np.split(pairs, np.flatnonzero(np.diff(part)) + 1):
        value, hopeful = _weigh(chunk, clusters)
        kept.append(chunk[hopeful])
        worth.append(value[hopeful])
    return np.concatenate(kept), np.concatenate(worth)


def _weigh(pairs: Pairs, clusters: Clusters) -> tuple[Floats, NDArray[np.bool_]]:
    left, right = pairs[:, 0], pairs[:, 1]
    number = clusters.size[left] * clusters.size[right]
    thin = 1.0 / np.sqrt(number)
    whole = _dots(clusters.whole, left, right) / number
    place = np.maximum(_dots(clusters.place, left, right) / number, _nearness(pairs, clusters))
    # The cause says nothing of pairs that are unlike as a whole and far apart, whatever it is.
    asked = (whole > WHOLE[0]) | (place > HOPELESS**2)
    cause = np.zeros(len(pairs))
    cause[asked] = _dots(clusters.cause, left[asked], right[asked]) / number[asked]
    both = np.sqrt(np.maximum(place * cause, 0.0))
    value = np.maximum(whole - WHOLE[0] - WHOLE[1] * thin, both - BOTH[0] - BOTH[1] * thin)
    share = clusters.named / clusters.size
    elsewhere = (share[left] > 0.5) & (share[right] > 0.5) & (place < OTHER_PLACE)
    value[elsewhere | (cause - clusters.chance < CAUSE[0] + CAUSE[1] * thin)] = -1.0
    return value, np.maximum(whole, both) > HOPELESS


def _nearness(pairs: Pairs, clusters: Clusters) -> Floats:
    spots, left, right = clusters.spots, pairs[:, 0], pairs[:, 1]
    meters = np.hypot(spots.east[left] - spots.east[right], spots.north[left] - spots.north[right])
    return np.nan_to_num(NEAR_WORTH * np.exp(-meters / NEAR_METERS))


def _dots(rows: csr_matrix, left: Labels, right: Labels) -> Floats:
    return np.asarray(rows[left].multiply(rows[right]).sum(axis=1), dtype=np.float64).ravel()
