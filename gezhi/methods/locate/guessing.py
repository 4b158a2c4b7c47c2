"""Mentions whose name is misspelt or misheard, looked for where no registered name stands."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.mentions import Mention, after_builder, is_beside, with_parts
from gezhi.methods.locate.near import BLURRED, SLIP, UNSURE, Near
from gezhi.methods.locate.signs import NUMERALS, fold

# Where the numbered parts of an address begin, and the door of a road.
_PARTS: Final = re.compile(
    rf"(?:[A-Z]?[0-9]{{1,4}}|[A-Z甲乙丙丁]|[{NUMERALS}]{{1,3}}) ?"
    r"(?:期|区|号院|组团|组|栋|幢|号楼|座|#|单元|-[0-9]|/[0-9]|.[0-9]|号)"
)
# Signs that a name does not begin with when they stand before it.
_BEFORE_NAME: Final = frozenset(
    "省市区县镇乡道街路号巷段院在是住家问我址于系为的到去往电诉映 ,，。:：;；、!！?？()（）[]【】\n-·0123456789"
)
_SHORTEST: Final = 3
_LONGEST_MISNAMED: Final = 16
_LONGEST_WHOLE: Final = 40
_BACK: Final = 14
_MOST_REGIONS: Final = 6


def guesses(gazetteer: Gazetteer, text: str, doors: Sequence[Mention]) -> list[Mention]:
    """Mentions by names near to the words, several where several names are near.

    `doors` are the mentions of roads and doors: what stands before a door right before the name
    belongs to the name. Looks only round the first numbered parts, or through the whole of a short text: in long
    talk something always sounds like some name.
    """
    near: list[Near] = []
    for first, last in _regions(text):
        near.extend(gazetteer.near.within(text, first, last))
    found = _longest([_mention(gazetteer, text, one, doors) for one in near])
    told = [one for one in found if one.told]
    found = [one for one in found if not one.short]
    return _distinct(told or [one for one in found if len(text) <= _LONGEST_WHOLE])


def misnamed(gazetteer: Gazetteer, text: str, door: Mention) -> Mention | None:
    """The place at a door with the parts after a name that is not its own: 柳江街386号动丽3栋.

    Sure only where half the signs of that name are its own, None where no name and no parts stand
    after the door.
    """
    parts = _PARTS.search(text, door.end, door.end + _LONGEST_MISNAMED)
    if parts is None or len(door.places) != 1 or is_beside(text, door.end):
        return None
    called = text[door.end : parts.start()].strip(" ,，")
    if not called.isalpha():
        return None
    own = set(fold(gazetteer.entries[door.places[0]].name))
    score = SLIP if 2 * sum(sign in own for sign in called) >= len(called) else UNSURE
    found = Mention(
        door.places,
        score,
        door.start,
        parts.start(),
        True,
        False,
        door.road,
        door.road_id,
        door.number,
    )
    return with_parts(text, found, len(text), 0)


def _regions(text: str) -> list[tuple[int, int]]:
    if len(text) <= _LONGEST_WHOLE:
        return [(0, len(text))]
    regions: list[tuple[int, int]] = []
    for match in _PARTS.finditer(text):
        if len(regions) == _MOST_REGIONS:
            break
        # The last sign of a region may be the first of a name.
        since = regions[-1][1] - 1 if regions else 0
        first, last = max(since, match.start() - _BACK), min(len(text), match.end() + 1)
        if last - first > 1:
            regions.append((first, last))
    return regions


def _longest(found: Iterable[tuple[Near, Mention]]) -> list[Mention]:
    """Each name once, as it fits best, and none that is a piece of a longer near name, or that
    lies inside one and has no parts of its own after it."""
    ranked = sorted(found, key=_rank)
    kept: list[tuple[Near, Mention]] = []
    for near, mention in ranked:
        if not any(_covers(other, near, mention) for other, _mention in kept):
            kept.append((near, mention))
    return [mention for _near, mention in kept]


def _rank(pair: tuple[Near, Mention]) -> tuple[int, bool, float]:
    """Long names first; of one name what has parts after it, then what fits better."""
    near, mention = pair
    return -len(near.named.name), not mention.told, -mention.score


def _covers(other: Near, near: Near, mention: Mention) -> bool:
    if other.named is near.named:
        return True
    if other.start > near.start or near.end > other.end:
        return False
    longer = other.end - other.start > near.end - near.start
    return near.named.name in other.named.name or (longer and not mention.told)


def _mention(
    gazetteer: Gazetteer, text: str, near: Near, doors: Sequence[Mention]
) -> tuple[Near, Mention]:
    little = near.named.short or len(near.named.name) < _SHORTEST
    score = UNSURE if little or not _begins(gazetteer, text, near) else near.score
    start = next((door.start for door in doors if door.end == near.start), near.start)
    mention = Mention(near.named.places, score, start, near.end, True, little)
    return near, with_parts(text, mention, len(text), 0)


def _begins(gazetteer: Gazetteer, text: str, near: Near) -> bool:
    """Whether a name may begin here: what stands before belongs to no name, or the sounds fit and
    it is no builder's name."""
    before = text[max(0, near.start - 4) : near.start]
    if near.score > BLURRED:
        start = near.start
        runs_over = start > 0 and gazetteer.names.begins(text[start - 1 : start + 1])
        return not runs_over and not after_builder(gazetteer, text, start)
    return not before or before[-1] in _BEFORE_NAME or before.endswith(gazetteer.regions)


def _distinct(found: list[Mention]) -> list[Mention]:
    places: dict[tuple[int, ...], Mention] = {}
    for one in found:
        if one.places not in places or places[one.places].score < one.score:
            places[one.places] = one
    return list(places.values())
