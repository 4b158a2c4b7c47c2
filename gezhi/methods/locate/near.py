"""Names that were misspelt or misheard: one slip of the pen, or the same sounds.

Slips of the pen are found by deletion neighbourhoods (Garbe's SymSpell, 2012: two words one slip
apart share a word with one sign left out), sounds by a dictionary of syllables without tones
(pypinyin), then with the sounds that southern speech does not part (zh/z, n/l, ing/in) made one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from gezhi.methods.locate.names import Named
from gezhi.methods.locate.tails import NUMBERING, OPPOSED, tail_of

SOUNDS: Final = 0.9
BLURRED: Final = 0.86
SLIP: Final = 0.8
UNSURE: Final = 0.4
_BLURS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))
_SHORTEST_SLIPPED: Final = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A registered name near to the words at `start` to `end`; below `SLIP` it must be asked."""

    named: Named
    start: int
    end: int
    score: float


class NearNames:
    """The misspelt and misheard forms of names, made once."""

    def __init__(self, named: Iterable[Named]) -> None:
        """Names cut short by rule are left out: a slip in two signs leaves too little."""
        self._slips: dict[str, list[Named]] = defaultdict(list)
        self._sounds: dict[str, list[Named]] = defaultdict(list)
        self._blurs: dict[str, list[Named]] = defaultdict(list)
        self._longest = 0
        for one in named:
            if not one.short:
                self._longest = max(self._longest, len(one.name))
                self._add(one)

    def _add(self, one: Named) -> None:
        self._sounds[_key(one.name, blurred=False)].append(one)
        self._blurs[_key(one.name, blurred=True)].append(one)
        if len(one.name) >= _SHORTEST_SLIPPED:
            for form in {one.name, *_shorter(one.name)}:
                self._slips[form].append(one)

    def within(self, text: str, first: int, last: int) -> list[Near]:
        """Names near to words that begin and end between these positions of a folded text."""
        found: dict[tuple[str, int], Near] = {}
        for start in range(first, last - 1):
            for end in range(start + 2, min(last, start + self._longest + 1) + 1):
                for near in self._at(text, start, end):
                    key = (near.named.name, near.start)
                    if key not in found or found[key].score < near.score:
                        found[key] = near
        return list(found.values())

    def _at(self, text: str, start: int, end: int) -> Iterator[Near]:
        words = text[start:end]
        if not words.isalnum():
            return
        for one in self._sounds.get(_key(words, blurred=False), ()):
            if _same_counts(words, one.name):
                yield Near(one, start, end, SOUNDS)
        for one in self._blurs.get(_key(words, blurred=True), ()):
            if _same_counts(words, one.name):
                yield Near(one, start, end, BLURRED)
        seen: set[str] = set()
        for form in (words, *_shorter(words)):
            for one in self._slips.get(form, ()):
                if one.name not in seen:
                    seen.add(one.name)
                    score = slip_score(words, one.name)
                    if score:
                        yield Near(one, start, end, score)


def alike(words: str, name: str) -> bool:
    """Whether the words are not the name, but the name with one slip, or with its sounds."""
    if slip_score(words, name):
        return True
    return (
        len(words) == len(name)
        and _same_counts(words, name)
        and _key(words, blurred=True) == _key(name, blurred=True)
    )


def slip_score(words: str, name: str) -> float:
    """How sure it is that the words are the name with one slip; 0 if they are not.

    Refuses (0) a slip of a sign that counts, 一巷 for 二巷; `UNSURE` for another common end,
    家园 for 花园, and for a slip that leaves too little of a short name.
    """
    changed = _changed(words, name)
    if changed is None:
        return 0.0
    if changed & NUMBERING or (len(words) == len(name) and changed <= OPPOSED):
        return 0.0
    if len(words) == len(name) and tail_of(words) != tail_of(name) and tail_of(words):
        return UNSURE
    if len(words) > len(name) and words.startswith(name):
        # One sign more at the end may be the first of a longer name.
        return SLIP if words[-1] == words[-2] else 0.0
    if len(words) > len(name) and words.endswith(name):
        return SLIP if words[0] == words[1] else 0.0
    kept = len(name) - len(tail_of(name))
    return SLIP if len(name) > _SHORTEST_SLIPPED or kept > 1 else UNSURE


def _changed(words: str, name: str) -> frozenset[str] | None:
    """The signs that differ, if one slip (one sign other, more, less, or two swapped) does it."""
    gap = len(words) - len(name)
    if words == name or abs(gap) > 1:
        return None
    start = 0
    while start < min(len(words), len(name)) and words[start] == name[start]:
        start += 1
    if gap > 0:
        return frozenset(words[start]) if words[start + 1 :] == name[start:] else None
    if gap < 0:
        return frozenset(name[start]) if words[start:] == name[start + 1 :] else None
    if words[start + 1 :] == name[start + 1 :]:
        return frozenset((words[start], name[start]))
    swapped = words[start : start + 2][::-1] + words[start + 2 :]
    return frozenset(words[start : start + 2]) if swapped == name[start:] else None


def _same_counts(words: str, name: str) -> bool:
    """Whether signs that count are the same in both: 十 and 实 sound alike and are not."""
    return words != name and all(
        one == other or not ({one, other} & NUMBERING or {one, other} <= OPPOSED)
        for one, other in zip(words, name, strict=True)
    )


def _shorter(words: str) -> set[str]:
    return {words[:at] + words[at + 1 :] for at in range(len(words))}


def _key(words: str, *, blurred: bool) -> str:
    return " ".join([syllable(sign, blurred=blurred) for sign in words])


@cache
def syllable(sign: str, *, blurred: bool) -> str:
    """The sound of a sign without its tone; of several the commonest. Other signs are themselves.

    pypinyin is imported on first use: a process that locates nothing does not pay for it.
    """
    from pypinyin import lazy_pinyin

    sound = lazy_pinyin(sign)[0]
    if not blurred:
        return sound
    for clear, blur in _BLURS:
        sound = sound.replace(clear, blur)
    return "l" + sound[1:] if sound.startswith("n") else sound
