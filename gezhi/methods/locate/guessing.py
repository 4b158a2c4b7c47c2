"""Mentions whose name is misspelt or misheard, looked for where no registered name stands."""

import re
from collections.abc import Iterable
from typing import Final

from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.mentions import Mention, with_parts
from gezhi.methods.locate.near import SLIP, Near
from gezhi.methods.locate.signs import NUMERALS

# Where the numbered parts of an address begin, and the door of a road.
_PARTS: Final = re.compile(
    rf"(?:[A-Z]?[0-9]{{1,4}}|[A-Z甲乙丙丁]|[{NUMERALS}]{{1,3}}) ?"
    r"(?:期|区|号院|组团|组|栋|幢|号楼|座|#|单元|-[0-9]|/[0-9]|.[0-9]|号)"
)
_LONGEST_WHOLE: Final = 40
_BACK: Final = 14
_MOST_REGIONS: Final = 6


def guesses(gazetteer: Gazetteer, text: str) -> list[Mention]:
    """Mentions by names near to the words, several where several names are near.

    Looks only round the first numbered parts, or through the whole of a short text: in long
    talk something always sounds like some name.
    """
    near: list[Near] = []
    for first, last in _regions(text):
        near.extend(gazetteer.near.within(text, first, last))
    kept = _longest([one for one in near if len(one.named.name) > 2])
    found = [_mention(text, one) for one in kept]
    told = [one for one in found if one.tokens]
    return _distinct(told or [one for one in found if len(text) <= _LONGEST_WHOLE])


def _regions(text: str) -> list[tuple[int, int]]:
    if len(text) <= _LONGEST_WHOLE:
        return [(0, len(text))]
    regions: list[tuple[int, int]] = []
    for match in _PARTS.finditer(text):
        if len(regions) == _MOST_REGIONS:
            break
        since = regions[-1][1] if regions else 0
        first, last = max(since, match.start() - _BACK), min(len(text), match.end() + 1)
        if last - first > 1:
            regions.append((first, last))
    return regions


def _longest(near: Iterable[Near]) -> list[Near]:
    """Without what lies inside a longer near name, and each name once, as it fits best."""
    ranked = sorted(near, key=lambda one: (-len(one.named.name), -one.score))
    kept: list[Near] = []
    for one in ranked:
        inside = any(
            other.start <= one.start and one.end <= other.end
            and (len(other.named.name) > len(one.named.name) or other.named is one.named)
            and other.score >= min(SLIP, one.score)
            for other in kept
        )  # fmt: skip
        if not inside and not any(other.named is one.named for other in kept):
            kept.append(one)
    return kept


def _mention(text: str, near: Near) -> Mention:
    mention = Mention(near.named.places, near.score, near.start, near.end, True)
    return with_parts(text, mention, len(text), 0)


def _distinct(found: list[Mention]) -> list[Mention]:
    places: dict[tuple[int, ...], Mention] = {}
    for one in found:
        if one.places not in places or places[one.places].score < one.score:
            places[one.places] = one
    return list(places.values())
