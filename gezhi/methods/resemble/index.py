"""The look for the same case among a hundred thousand, in one process and one core."""

import threading
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble import weights
from gezhi.methods.resemble.case import ComparedCase, Likeness
from gezhi.methods.resemble.evidence import Evidence, distance, rarity, weigh
from gezhi.methods.resemble.fingerprinting import KEY, read
from gezhi.methods.resemble.grams import Hashes
from gezhi.methods.resemble.rows import Rows

_CANDIDATES = 160
_NEAR = 48  # as many again by place alone, for short or differently worded texts
_NEAR_METERS = 150.0


class Index:
    """Open and recent cases, to be asked which of them a new one probably is.

    The answer depends on what is in the index, never on the order it came in. May be shared by
    threads. About 1 kB a case.
    """

    def __init__(self) -> None:
        self._rows = Rows()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._rows.living

    def add(self, cases: Iterable[ComparedCase]) -> None:
        """Take cases in; one whose id is there already takes its place."""
        with self._lock:
            for case in cases:
                self._rows.bury(case.id)
                self._rows.append(case)

    def remove(self, ids: Iterable[int]) -> None:
        """Take cases out; ids that are not there are passed over."""
        with self._lock:
            for number in ids:
                self._rows.bury(number)

    def nearest(self, case: ComparedCase, *, most: int = 3, days: float = 30.0) -> list[Likeness]:
        """The likely same cases, likeliest first, at most `most`; never the case itself.

        Looks at open ones and at those within `days` before or after it. What is less likely
        than `weights.FLOOR` by all that speaks for it is left out. An empty text is compared by place, time and class only.
        """
        with self._lock:
            asked = read(case.fingerprint)
            chosen = _chosen(self._rows, case, asked, _eligible(self._rows, case, days))
            evidence = weigh(self._rows, case, asked, chosen)
            return _told(self._rows.known["id"][chosen], evidence, most)


def _eligible(rows: Rows, case: ComparedCase, days: float) -> NDArray[np.bool_]:
    known = rows.known
    recent = ~(np.abs(known["moment"] - case.moment) > days)  # an unknown moment counts as recent
    return np.asarray(known["alive"] & (known["open"] | recent) & (known["id"] != case.id))


def _chosen(
    rows: Rows, case: ComparedCase, asked: Hashes, eligible: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Rows worth weighing: the most alike by rough cosine, and the nearest."""
    alike = np.where(eligible, _roughly(rows, asked), 0.0)
    meters = np.where(eligible, distance(rows.known, case), np.nan)
    near = np.where(meters <= _NEAR_METERS, 1.0 / (1.0 + meters), 0.0)
    ids = rows.known["id"]
    return np.flatnonzero(_best(alike, ids, _CANDIDATES) | _best(near, ids, _NEAR))


def _best(values: NDArray[np.float64], ids: NDArray[np.int64], most: int) -> NDArray[np.bool_]:
    """The `most` greatest positive values; of equals the youngest cases, so that the order of rows
    does not count, and a thousand copies of one message are not all weighed."""
    if len(values) <= most:
        return values > 0.0
    least = np.partition(values, len(values) - most)[len(values) - most]
    if least <= 0.0:
        return values > 0.0
    best: NDArray[np.bool_] = values > least
    equals = np.flatnonzero(values == least)
    free = most - np.count_nonzero(best)
    youngest = np.argsort(ids[equals])[len(equals) - free :]
    best[equals[youngest]] = True
    return best


def _roughly(rows: Rows, asked: Hashes) -> NDArray[np.float64]:
    """Nearly the cosine of each row with the asked pairs; pairs that many rows hold say little."""
    keys = asked & KEY
    worth = rarity(rows, asked) ** 2
    said = rows.frequency[keys] <= max(200.0, 0.1 * rows.living)
    keys, worth = keys[said], worth[said].astype(np.float32).astype(np.float64)
    parts = [segment.shared(keys, worth) for segment in rows.segments]
    parts.append(rows.shared_in_tail(keys, worth))
    return np.asarray(np.concatenate(parts) / np.sqrt(rows.known["size"] + 30.0))


def _told(ids: NDArray[np.int64], evidence: Evidence, most: int) -> list[Likeness]:
    score = _probability(evidence.total)
    rank = _probability(evidence.raw)
    text, place, time = (
        _probability(part) for part in (evidence.text, evidence.place, evidence.time)
    )
    # The likest by all that speaks for them, then as sure as that was found to be.
    likest = np.lexsort((ids, -rank))
    order = likest[rank[likest] >= weights.FLOOR][:most]
    order = order[np.lexsort((ids[order], -rank[order], -score[order]))]
    return [
        Likeness(
            id=int(ids[row]),
            score=float(score[row]),
            text=float(text[row]),
            place=float(place[row]),
            time=float(time[row]),
            merge=bool(score[row] >= weights.MERGE and not evidence.opposed[row]),
        )
        for row in order
    ]


def _probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))
