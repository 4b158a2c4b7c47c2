"""Names that were misspelt or misheard: one slip of the pen, or the same sounds.

Of two words one slip apart, one half of either stands in the other unchanged, so names are kept by
their halves (Wu and Manber, 1992: one error in two pieces leaves one whole), and by the forms in
which two neighbouring signs change places. Sounds are searched as a text of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gezhi.methods.locate.names import Named, Names
from gezhi.methods.locate.sounds import BLUR, CLEAR
from gezhi.methods.locate.tails import NUMBERING, OPPOSED, tail_of

SOUNDS: Final = 0.9
BLURRED: Final = 0.86
SLIP: Final = 0.8
UNSURE: Final = 0.4
_SHORTEST_SLIPPED: Final = 3
_SHORT_STEM: Final = 2


@dataclass(slots=True)
class Near:
    """A registered name near to the words at `start` to `end`; below `SLIP` it must be asked."""

    named: Named
    start: int
    end: int
    score: float


class NearNames:
    """The misspelt and misheard forms of names, made once."""

    def __init__(self, named: Iterable[Named]) -> None:
        """Names of three signs and more may have slipped, shorter ones only sound alike."""
        self._halves: dict[str, list[tuple[Named, int]]] = defaultdict(list)
        self._spoken: dict[tuple[bool, str], list[Named]] = defaultdict(list)
        self._swapped: dict[str, list[Named]] = defaultdict(list)
        for one in named:
            self._spoken[False, CLEAR.of(one.name)].append(one)
            self._spoken[True, BLUR.of(one.name)].append(one)
            if len(one.name) >= _SHORTEST_SLIPPED:
                middle = len(one.name) // 2
                self._halves[one.name[:middle]].append((one, 0))
                self._halves[one.name[middle:]].append((one, middle))
                for at in range(len(one.name) - 1):
                    self._swapped[_swap(one.name, at)].append(one)
        self._half_heads = frozenset(half[0] for half in self._halves)
        self._half_sizes = sorted(set(map(len, self._halves)))
        self._by_sound = Names(_form(form) for blurred, form in self._spoken if not blurred)
        self._by_blur = Names(_form(form) for blurred, form in self._spoken if blurred)
        self._by_swap = Names(_form(form) for form in self._swapped)

    def within(self, text: str, first: int, last: int) -> list[Near]:
        """Names near to words that begin and end between these positions of a folded text, none
        that is written there as registered."""
        region = text[first:last]
        found: dict[tuple[str, int, int], Near] = {}
        for near in (*self._sounding(region), *self._slipped(region)):
            key = (near.named.name, near.start, near.end)
            if key not in found or found[key].score < near.score:
                found[key] = near
        for near in found.values():
            near.start += first
            near.end += first
        return list(found.values())

    def _sounding(self, region: str) -> Iterator[Near]:
        for sounds, names, blurred, score in (
            (CLEAR, self._by_sound, False, SOUNDS),
            (BLUR, self._by_blur, True, BLURRED),
        ):
            for hit in names.every(sounds.of(region)):
                words = region[hit.start : hit.end]
                for one in self._spoken[blurred, hit.named.name]:
                    if _same_counts(words, one.name):
                        yield Near(one, hit.start, hit.end, score)

    def _slipped(self, region: str) -> Iterator[Near]:
        for hit in self._by_swap.every(region):
            for one in self._swapped[hit.named.name]:
                if score := slip_score(hit.named.name, one.name):
                    yield Near(one, hit.start, hit.end, score)
        halves, heads = self._halves, self._half_heads
        for start, head in enumerate(region):
            if head not in heads:
                continue
            for size in self._half_sizes:
                if start + size > len(region):
                    break
                for one, offset in halves.get(region[start : start + size], ()):
                    yield from _slips(region, start - offset, one, offset)


def _slips(region: str, first: int, one: Named, offset: int) -> Iterator[Near]:
    """The name with one slip, where one half of it stands right.

    With the first half right the words begin at `first`; with the last, they end where it does.
    """
    size = len(one.name)
    # Of the two signs farthest from the half that stands right one at least is there.
    far = one.name[-2:] if offset == 0 else one.name[:2]
    around = region[max(0, first - 1) : max(0, first + size + 1)]
    if far[0] not in around and far[1] not in around:
        return
    for length in (size, size - 1, size + 1):
        start = first if offset == 0 else first + size - length
        words = region[start : start + length] if start >= 0 else ""
        if len(words) == length and (score := slip_score(words, one.name)):
            yield Near(one, start, start + length, score)


def _form(form: str) -> Named:
    return Named(form, (), 1.0)


def _swap(name: str, at: int) -> str:
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def alike(words: str, name: str) -> bool:
    """Whether the words are not the name, but the name with one slip, or with its sounds."""
    if slip_score(words, name):
        return True
    return len(words) == len(name) and _same_counts(words, name) and BLUR.of(words) == BLUR.of(name)


def slip_score(words: str, name: str) -> float:
    """How sure it is that the words are the name with one slip; 0 if they are not.

    Refuses (0) a slip of a sign that counts, 一巷 for 二巷; `UNSURE` for another common end,
    家园 for 花园, for a sign too few (东庭院 may be a house of its own beside 东方庭院), and for a
    slip that leaves too little of a short name.
    """
    changed = _changed(words, name)
    if changed is None or len(words) < _SHORTEST_SLIPPED or not words.isalnum():
        return 0.0
    signs, at = changed
    if len(words) != len(name):
        return _lengthened(words, name, signs)
    if words[at] == words[at - 1] and at == len(words) - 1:
        # 金沙沙 is rather 金沙 than 金沙苑.
        return UNSURE
    if signs <= OPPOSED or (signs & NUMBERING and not _swap_fits(words, name, at)):
        return 0.0
    tail = tail_of(name)
    if tail_of(words) not in {"", tail}:
        return UNSURE
    # One sign of a stem of two is half of what tells compounds apart.
    stem = len(name) - len(tail)
    short = stem <= _SHORT_STEM and at < stem and not _swap_fits(words, name, at)
    return UNSURE if short else SLIP


def _lengthened(words: str, name: str, signs: frozenset[str]) -> float:
    """The same for a sign too many or too few."""
    if signs & NUMBERING:
        return 0.0
    if len(words) < len(name) or tail_of(words) != tail_of(name):
        return UNSURE
    # One sign more at an end may belong to a longer name.
    if words.startswith(name):
        return SLIP if words[-1] == words[-2] else 0.0
    if words.endswith(name):
        return SLIP if words[0] == words[1] else 0.0
    return SLIP


def _changed(words: str, name: str) -> tuple[frozenset[str], int] | None:
    """The signs that differ and where, if one slip (one sign other, more, less, or two swapped)
    makes all the difference."""
    gap = len(words) - len(name)
    if words == name or abs(gap) > 1:
        return None
    start, shorter = 0, min(len(words), len(name))
    while start < shorter and words[start] == name[start]:
        start += 1
    if gap > 0:
        more = words[start + 1 :] == name[start:]
        return (frozenset(words[start]), start) if more else None
    if gap < 0:
        less = words[start:] == name[start + 1 :]
        return (frozenset(name[start]), start) if less else None
    if words[start + 1 :] == name[start + 1 :]:
        return frozenset((words[start], name[start])), start
    swapped = _swap_fits(words, name, start)
    return (frozenset(words[start : start + 2]), start) if swapped else None


def _swap_fits(words: str, name: str, at: int) -> bool:
    return at + 1 < len(words) and _swap(words, at) == name


def _same_counts(words: str, name: str) -> bool:
    """Whether signs that count are the same in both: 十 and 实 sound alike and are not."""
    return words != name and all(
        one == other or not ({one, other} & NUMBERING or {one, other} <= OPPOSED)
        for one, other in zip(words, name, strict=True)
    )
