"""Growing topics: the two closest on both sides join, by averages over all pairs of their texts.

Averages (UPGMA, Sokal & Michener 1958) and not the nearest pair, so that no chain of neighbors
makes a topic; the less pairs an average rests on, the higher it must be.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gezhi.methods.resemble.topics.near import Pairs
from gezhi.methods.resemble.topics.views import Views

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

# A bar is its first number plus its second over the root of the number of pairs averaged.
WHOLE = (0.06, 0.10)  # likeness of the whole texts
MATTER = (0.05, 0.10)  # root of likeness of place times likeness of cause
CAUSE = (0.010, 0.020)  # likeness of cause without which a shared place joins nothing
OTHER_PLACE = 0.10  # subjects that name places less alike than this speak of different ones
HOPELESS = 0.035
NEAR_WORTH, NEAR_METERS = 0.6, 300.0  # what standing at one point says about the place
_CHUNK = 20_000


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

    def joined(self, into: Labels, count: int) -> "Clusters":
        """The clusters after those with the same number in `into` have become one."""
        rows = np.arange(len(into))
        shape = (count, len(into))
        sums = csr_matrix((np.ones(len(into), dtype=np.float32), (into, rows)), shape=shape)
        located = np.isfinite(self.spots.east)
        weight = np.where(located, self.size, 0.0)
        total = sums @ weight
        with np.errstate(invalid="ignore"):
            east = (sums @ np.where(located, self.spots.east * weight, 0.0)) / total
            north = (sums @ np.where(located, self.spots.north * weight, 0.0)) / total
        return Clusters(
            whole=csr_matrix(sums @ self.whole),
            place=csr_matrix(sums @ self.place),
            cause=csr_matrix(sums @ self.cause),
            size=sums @ self.size,
            named=sums @ self.named,
            spots=Spots(east, north),
        )


def grow(views: Views, pairs: Pairs, spots: Spots) -> Labels:
    """A label for each text; texts of one topic have the same, a text alone has its own."""
    count = views.count
    used, place_of = np.unique(pairs, return_inverse=True)
    pairs = place_of.reshape(-1, 2).astype(np.int64)
    clusters = Clusters(
        whole=_narrow(csr_matrix(views.whole[used])),
        place=_narrow(csr_matrix(views.place[used])),
        cause=_narrow(csr_matrix(views.cause[used])),
        size=np.ones(len(used)),
        named=views.named[used].astype(np.float64),
        spots=Spots(spots.east[used], spots.north[used]),
    )
    labels = np.arange(len(used))
    pairs, worth = _kept(pairs, clusters)
    while len(pairs):
        into = _mutual(pairs, worth, len(clusters.size))
        merged = into != np.arange(len(into))
        if not merged.any():
            break
        touched = np.zeros(len(into), dtype=bool)
        touched[into[merged]] = True
        stays, number = np.unique(into, return_inverse=True)
        clusters = clusters.joined(number, len(stays))
        labels = number[labels]
        pairs, worth = _carried(pairs, worth, number, touched[stays], clusters)
    whole = np.arange(count) + len(used)
    whole[used] = labels
    return whole


def _narrow(rows: csr_matrix) -> csr_matrix:
    """The same rows without the columns that are empty everywhere."""
    held, columns = np.unique(rows.indices, return_inverse=True)
    shape = (rows.shape[0], max(len(held), 1))
    return csr_matrix((rows.data, columns.astype(np.int32), rows.indptr), shape=shape)


def _carried(
    pairs: Pairs, worth: Floats, number: Labels, touched: NDArray[np.bool_], clusters: Clusters
) -> tuple[Pairs, Floats]:
    """The pairs after a merging, those that it touched weighed again."""
    pairs = np.sort(number[pairs], axis=1)
    apart = pairs[:, 0] != pairs[:, 1]
    pairs, worth = pairs[apart], worth[apart]
    again = touched[pairs].any(axis=1)
    keys = np.unique(pairs[again, 0] * np.int64(len(clusters.size)) + pairs[again, 1])
    fresh = np.column_stack([keys // len(clusters.size), keys % len(clusters.size)])
    fresh, value = _kept(fresh, clusters)
    return np.concatenate([pairs[~again], fresh]), np.concatenate([worth[~again], value])


def _mutual(pairs: Pairs, worth: Floats, count: int) -> Labels:
    """For each cluster the one it becomes: itself, or the lower of a pair best for both sides."""
    into = np.arange(count)
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
    into[best[lower]] = lower
    return into


def _kept(pairs: Pairs, clusters: Clusters) -> tuple[Pairs, Floats]:
    """The pairs that may yet join, and by how much each is above (or below) its bar."""
    kept, worth = [np.zeros((0, 2), dtype=np.int64)], [np.zeros(0)]
    for begin in range(0, len(pairs), _CHUNK):
        chunk = pairs[begin : begin + _CHUNK]
        value, hopeful = _weigh(chunk, clusters)
        kept.append(chunk[hopeful])
        worth.append(value[hopeful])
    return np.concatenate(kept), np.concatenate(worth)


def _weigh(pairs: Pairs, clusters: Clusters) -> tuple[Floats, NDArray[np.bool_]]:
    left, right = pairs[:, 0], pairs[:, 1]
    number = clusters.size[left] * clusters.size[right]
    thin = 1.0 / np.sqrt(number)
    whole = _dots(clusters.whole, left, right) / number
    cause = _dots(clusters.cause, left, right) / number
    place = np.maximum(_dots(clusters.place, left, right) / number, _nearness(pairs, clusters))
    matter = np.sqrt(np.maximum(place * cause, 0.0))
    value = np.maximum(whole - WHOLE[0] - WHOLE[1] * thin, matter - MATTER[0] - MATTER[1] * thin)
    share = clusters.named / clusters.size
    elsewhere = (share[left] > 0.5) & (share[right] > 0.5) & (place < OTHER_PLACE)
    value[elsewhere | (cause < CAUSE[0] + CAUSE[1] * thin)] = -1.0
    return value, np.maximum(whole, matter) > HOPELESS


def _nearness(pairs: Pairs, clusters: Clusters) -> Floats:
    spots, left, right = clusters.spots, pairs[:, 0], pairs[:, 1]
    meters = np.hypot(spots.east[left] - spots.east[right], spots.north[left] - spots.north[right])
    return np.nan_to_num(NEAR_WORTH * np.exp(-meters / NEAR_METERS))


def _dots(rows: csr_matrix, left: Labels, right: Labels) -> Floats:
    return np.asarray(rows[left].multiply(rows[right]).sum(axis=1), dtype=np.float64).ravel()
