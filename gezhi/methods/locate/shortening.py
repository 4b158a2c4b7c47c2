"""Names that people cut down: 锦副宿舍 for 锦江副食宿舍, 二建家属院 for 市二建宿舍; only to be asked.

Looked for where nothing else was found: a name cut down fits many, so it is never taken.
"""

import re
from collections.abc import Iterator
from typing import Final

from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.mentions import Mention, with_parts
from gezhi.methods.locate.near import UNSURE
from gezhi.methods.locate.tails import TAILS

# Dwellings that a workplace built are called by any of these.
_WORKPLACE: Final = frozenset(
    {
        *("家属宿舍", "职工宿舍", "家属小区", "家属区", "家属院", "家属楼", "单位房", "宿舍楼"),
        *("宿舍", "大院", "生活区"),
    }
)
_ENDS: Final = tuple(sorted(_WORKPLACE.union(TAILS, ("号院",)), key=len, reverse=True))
_END: Final = re.compile("|".join(map(re.escape, _ENDS)))
# A name may end before the number of a building, too: 锦副2栋.
_NUMBER: Final = re.compile(r" ?[0-9A-Z]{1,3} ?(?:栋|幢|座|号楼|单元|#|-)")
_SIGNS: Final = re.compile(r"[一-鿿]+$")
_STEM: Final = range(4, 1, -1)
_LONGEST_TEXT: Final = 40
_MOST_PLACES: Final = 5


def cut_down(gazetteer: Gazetteer, text: str) -> list[Mention]:
    """The name that a short folded text may have cut down, as one unsure mention; [] for none.

    The signs stand in the name in their order, the first of them at the head of it or of what is
    left without one sign (市二建), or are the end of it, and the common ends are the same, those
    of workplaces being one. [] for words that fit more places than one could be asked about.
    """
    if len(text) > _LONGEST_TEXT:
        return []
    for stem, end, start, until in _stems(text):
        places = _fitting(gazetteer, stem, end)
        if 0 < len(places) <= _MOST_PLACES:
            found = Mention(places, UNSURE, start, until, True)
            return [with_parts(text, found, len(text), 0)]
    return []


def _stems(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Words that may be a name cut down with their common end, longest first."""
    spots = [(match.start(), match.end(), match[0]) for match in _END.finditer(text)]
    spots += [(match.start(), match.start(), "") for match in _NUMBER.finditer(text)]
    for start, until, end in spots:
        run = _SIGNS.search(text[:start])
        for size in _STEM:
            if run and len(run[0]) >= size:
                yield text[start - size : start], end, start - size, until


def _fitting(gazetteer: Gazetteer, stem: str, end: str) -> tuple[int, ...]:
    found: list[int] = []
    for name, named in gazetteer.names.by_name.items():
        if named.short or not named.places or stem[-1] not in name:
            continue
        own = _END.search(name, max(0, len(name) - 4))
        own_end = own[0] if own and own.end() == len(name) else ""
        if end and _kind(end) != _kind(own_end):
            continue
        if _stands_in(stem, name.removesuffix(own_end)):
            found += named.places
    return tuple(dict.fromkeys(found))


def _kind(end: str) -> str:
    return "宿舍" if end in _WORKPLACE else end


def _stands_in(stem: str, whole: str) -> bool:
    """Whether the signs stand in the name in their order, beginning at its first or second sign,
    or are the end of it as they are (粮站 of 东城粮站)."""
    if whole.endswith(stem):
        return True
    if len(whole) <= len(stem) or stem[0] not in whole[:2]:
        return False
    at = -1
    for sign in stem:
        at = whole.find(sign, at + 1)
        if at < 0:
            return False
    return True
