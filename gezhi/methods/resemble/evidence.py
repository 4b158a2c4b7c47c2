"""What speaks for two cases being one: measured parts, and the one probability they make."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble import weights
from gezhi.methods.resemble.case import ComparedCase
from gezhi.methods.resemble.fingerprinting import HEAD, KEY, OF_ANY_MESSAGE, PLACE
from gezhi.methods.resemble.grams import Hashes
from gezhi.methods.resemble.rows import NOWHERE, Rows, degree

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log-odds for some rows being the asked case: of the text alone, of place, time, class.

    `named`: what within the text the names of places said. `opposed`: the texts name different
    places, so that a likeness of words is a template's; `apart`: they are known to lie apart;
    `unlike`: the texts share where it is and not what it is, and no class says they are one.
    """

    text: Floats
    named: Floats
    place: Floats
    time: Floats
    kind: Floats
    opposed: NDArray[np.bool_]
    apart: NDArray[np.bool_]
    unlike: NDArray[np.bool_]

    @property
    def raw(self) -> Floats:
        """All of it together, independent as far as is known: that both lie in one place is not
        said twice, by the names in the words and by the map."""
        place = np.where(self.place > 0.0, np.maximum(self.place - self.named, 0.0), self.place)
        return np.asarray(self.text + place + self.time + self.kind)

    @property
    def total(self) -> Floats:
        """The same, as sure as it was found to be: one place says nothing for cases whose words
        do not agree, and what lies apart or is called otherwise is no one case by its words."""
        silent = ((self.text <= 0.0) | self.apart) & (self.place > 0.0)
        total = np.where(silent, self.text + self.time + self.kind, self.raw)
        total = np.where(self.apart, total + weights.APART, total)
        total = np.where(self.opposed, np.minimum(total, weights.OPPOSED_MOST), total)
        return np.where(self.unlike, np.minimum(total, weights.UNLIKE_MOST), total)


def rarity(rows: Rows, pairs: Hashes) -> Floats:
    """How much a pair of signs says: its inverse document frequency among the living rows."""
    seen = rows.frequency[pairs & KEY]
    said: Floats = np.log((rows.living + weights.PRIOR_COUNT) / (seen + 1.0))
    return said


def weigh(rows: Rows, case: ComparedCase, asked: Hashes, chosen: NDArray[np.int64]) -> Evidence:
    """The evidence for the chosen rows (sorted); `asked` are the pairs of the case."""
    known = rows.known[chosen]
    alike = measures(rows, asked, chosen)
    place = _place(known, case)
    kind = _kind(known, rows.class_of.get(case.class_code, -1))
    return Evidence(
        text=np.asarray(weights.TEXT_BASE + alike[:, : len(weights.TEXT)] @ np.array(weights.TEXT)),
        named=weights.TEXT[2] * alike[:, 2] * (alike[:, 3] > 0.0),
        place=place,
        time=_time(known, case),
        kind=kind,
        opposed=_opposed(alike) & (place < weights.SAME_COMPOUND),
        apart=_apart(known, case),
        unlike=(alike[:, 7] < alike[:, 8]) & (kind <= 0.0),
    )


def measures(rows: Rows, asked: Hashes, chosen: NDArray[np.int64]) -> Floats:
    """For each chosen row (sorted) how alike the texts are: first the columns of `weights.TEXT`.

    Cosine of all pairs; cosine of the subjects; share of the lighter text's names that the other
    has; whether both have names; logarithm of the weight shared. Then, not weighed: share of the
    lighter subject's names; whether both subjects have names; share of what the text that tells
    less tells beside names of places (1 where it tells nothing), and the least it must be.
    """
    if not len(asked):
        return np.zeros((len(chosen), len(weights.TEXT) + 4))
    pairs, sizes = rows.pairs_of(chosen)
    keys = asked & KEY
    place = np.minimum(np.searchsorted(keys, pairs & KEY), len(keys) - 1)
    both = keys[place] == pairs & KEY
    worth, mine = rarity(rows, pairs) ** 2, rarity(rows, asked) ** 2

    def parts(flag: np.uint32) -> tuple[Floats, Floats, float]:
        theirs, ours = pairs & flag == flag, asked & flag == flag
        shared = _sums(worth * (both & theirs & ours[place]), sizes)
        return shared, _sums(worth * theirs, sizes), float(mine[ours].sum())

    def cosine(shared: Floats, theirs: Floats, ours: float) -> Floats:
        return np.asarray(shared / np.sqrt(np.maximum(theirs * ours, 1e-9)))

    def share(shared: Floats, theirs: Floats, ours: float) -> Floats:
        return np.asarray(shared / np.maximum(np.minimum(theirs, ours), 1e-9))

    def known(_: Floats, theirs: Floats, ours: float) -> NDArray[np.bool_]:
        return np.asarray(np.minimum(theirs, ours) > weights.NAMED)

    whole, heads, names = parts(np.uint32(0)), parts(HEAD), parts(PLACE)
    head_names = parts(HEAD | PLACE)
    told, said = _told(pairs), _told(asked)
    beside = (
        _sums(worth * (both & told & said[place]), sizes),
        _sums(worth * told, sizes),
        float(mine[said].sum()),
    )
    brief = np.minimum(_sums(told.astype(np.float64), sizes), said.sum()) < weights.BRIEF
    return np.column_stack(
        [
            cosine(*whole),
            cosine(*heads),
            share(*names),
            known(*names),
            np.log1p(whole[0]),
            share(*head_names),
            known(*head_names),
            np.where(np.minimum(beside[1], beside[2]) > 0.0, share(*beside), 1.0),
            np.where(brief, weights.TOLD_IF_BRIEF, weights.TOLD),
        ]
    )


def _told(pairs: Hashes) -> NDArray[np.bool_]:
    """Which pairs tell what is wrong: neither a name of a place nor words of any message."""
    return np.asarray((pairs & PLACE == 0) & ~OF_ANY_MESSAGE[pairs & KEY])


def _opposed(alike: Floats) -> NDArray[np.bool_]:
    """Whether both texts, or both subjects, have names and share too few of them."""
    other = (alike[:, 3] > 0.0) & (alike[:, 2] < weights.NAMES_SHARED)
    other_heads = (alike[:, 6] > 0.0) & (alike[:, 5] < weights.SUBJECT_NAMES_SHARED)
    return np.asarray(other | other_heads)


def _sums(values: Floats, sizes: NDArray[np.int64]) -> Floats:
    """Sums of runs, each added by itself: a running total would differ with the rows before."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return np.asarray(np.bincount(owner, values, len(sizes)), dtype=np.float64)


def _place(known: NDArray[np.void], case: ComparedCase) -> Floats:
    meters = distance(known, case)
    said = np.interp(meters, weights.METERS, weights.PLACE)
    said = np.where(np.isnan(meters), 0.0, said)
    if case.compound_id is None:
        return said
    same = known["compound"] == case.compound_id
    other = (known["compound"] != NOWHERE) & ~same
    said = np.where(same, np.maximum(said, weights.SAME_COMPOUND), said)
    return np.where(other & np.isnan(meters), weights.OTHER_COMPOUND, said)


def _apart(known: NDArray[np.void], case: ComparedCase) -> NDArray[np.bool_]:
    """Whether the places are known, and not one: too far, or of two names and not at one spot."""
    meters = distance(known, case)
    far = meters > weights.APART_METERS
    if case.compound_id is None:
        return np.asarray(far)
    other = (known["compound"] != NOWHERE) & (known["compound"] != case.compound_id)
    same = known["compound"] == case.compound_id
    return np.asarray((far & ~same) | (other & ~(meters <= weights.AT_ONE_SPOT_METERS)))


def distance(known: NDArray[np.void], case: ComparedCase) -> Floats:
    """Meters on the flat between a case and rows; NaN where either place is unknown."""
    longitude, latitude = degree(case.longitude), degree(case.latitude)
    east = (known["longitude"] - longitude) * np.cos(np.radians(latitude)) * 111_320.0
    north = (known["latitude"] - latitude) * 110_574.0
    return np.asarray(np.hypot(east, north))


def _time(known: NDArray[np.void], case: ComparedCase) -> Floats:
    days = np.abs(known["moment"] - case.moment)
    return np.where(np.isfinite(days), np.interp(days, weights.DAYS, weights.TIME), 0.0)


def _kind(known: NDArray[np.void], code: int) -> Floats:
    both = (known["class_code"] != 0) & (code != 0)
    same = known["class_code"] == code
    return np.where(both, np.where(same, weights.SAME_CLASS, weights.OTHER_CLASS), 0.0)
