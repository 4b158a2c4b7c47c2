"""The place that words name: from the mentions of a text to one place, or to a question."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from gezhi.methods.locate.answers import MOST_CANDIDATES, Candidate, Located, Parsed
from gezhi.methods.locate.descending import Descent, descend
from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.grammar import NOTHING, Parts, Token, readings
from gezhi.methods.locate.guessing import guesses
from gezhi.methods.locate.mentions import Mention, mentions
from gezhi.methods.locate.near import SLIP, SOUNDS, UNSURE
from gezhi.methods.locate.signs import fold

_BESIDE_WORTH: Final = 0.6
# Roles that may come twice in one address: 3#2#1504.
_MANY: Final = frozenset({"hash", "garbled", "house"})
_SHORTEST_TALK: Final = 20
_UNKNOWN: Final = Located("unknown", None, "", (), Parsed(), (0, 0))
_ROOM: Final = re.compile(r"([0-9]{1,2})[0-9]{2}$|([0-9]{1,2})[A-Z]$")


def locate(gazetteer: Gazetteer, text: str, *, within: frozenset[int] | None = None) -> Located:
    """The place that an address, or a message with an address in it, names.

    `within`: ids of the compounds, facilities and roads that count (those of a grid, say); all
    others are as if not registered. Takes any text whatever, never raises; the time grows with
    the length of the text, 100,000 signs take about 50 ms.
    """
    folded = fold(text)
    found = mentions(gazetteer, folded)
    if within is not None:
        found = [_narrowed(gazetteer, one, within) for one in found]
    named = [one for one in found if one.places and (one.named or one.tokens)]
    if not named:
        named = _guessed(gazetteer, folded, found, within)
    if not named:
        named = [one for one in found if one.places] or _cut_short(gazetteer, folded, within)
    if named:
        return _answer(gazetteer, _meant(named))
    return _road(gazetteer, found)


def _narrowed(gazetteer: Gazetteer, one: Mention, within: frozenset[int]) -> Mention:
    places = tuple(p for p in one.places if p in within or _top(gazetteer, p) in within)
    road = one.road_id if one.road_id in within else 0
    return replace(one, places=places, road_id=road)


def _top(gazetteer: Gazetteer, place: int) -> int:
    parent = gazetteer.entries[place].parent_id
    return place if parent is None else parent


def _guessed(
    gazetteer: Gazetteer, text: str, found: Sequence[Mention], within: frozenset[int] | None
) -> list[Mention]:
    near = guesses(gazetteer, text)
    if within is not None:
        near = [_narrowed(gazetteer, one, within) for one in near]
    doors = {place for one in found for place in one.places}
    known = [one for one in near if doors & set(one.places)]
    if known:
        # A misspelt name at the right door is that name.
        return [replace(known[0], places=tuple(doors & set(known[0].places)), score=SOUNDS)]
    return [one for one in near if one.places]


def _cut_short(gazetteer: Gazetteer, text: str, within: frozenset[int] | None) -> list[Mention]:
    """Names cut short in a short text with nothing after them: enough to ask, not to answer."""
    if len(text) > _SHORTEST_TALK:
        return []
    hits = [hit for hit in gazetteer.names.hits(text) if hit.named.short and hit.named.places]
    found = [Mention(hit.named.places, UNSURE, hit.start, hit.end, True) for hit in hits]
    if within is not None:
        found = [_narrowed(gazetteer, one, within) for one in found]
    return [one for one in found if one.places]


def _meant(named: Sequence[Mention]) -> list[Mention]:
    """The mentions the matter is about: not what it is beside; with parts before without."""
    at = [one for one in named if not one.beside] or list(named)
    told = [one for one in at if one.tokens] or at
    first = told[0]
    common = set(first.places).intersection(*(one.places for one in told[1:]))
    if common:
        best = max(told, key=lambda one: len(one.tokens))
        return [replace(best, places=tuple(p for p in best.places if p in common))]
    return told


def _answer(gazetteer: Gazetteer, meant: Sequence[Mention]) -> Located:
    if len(meant) > 1:
        places = [(place, one.score) for one in meant for place in one.places]
        return _asked(gazetteer, meant[0], places, NOTHING)
    one = _by_door(gazetteer, meant[0])
    descents = [_descent(gazetteer, place, one.tokens) for place in one.places]
    if one.doubts:
        doubted = [(place, one.score / 2) for place in (*one.doubts, *one.places)]
        return _asked(gazetteer, one, doubted, descents[0].parts)
    if len(descents) > 1:
        # Told apart by what only one of them has: a building, not merely a door.
        whole = [found for found in descents if found.depth]
        if len(whole) != 1 or not whole[0].whole:
            places = [(found.place, one.score) for found in whole or descents]
            return _asked(gazetteer, one, places, descents[0].parts)
        descents = whole
    found = descents[0]
    if not _sure(one, found):
        return _asked(gazetteer, one, [(found.place, one.score)], found.parts)
    return _told(gazetteer, one, found)


def _sure(one: Mention, found: Descent) -> bool:
    """Whether a name that is not written as registered may be taken without asking."""
    if one.score > SOUNDS:
        return True
    if one.score < SLIP:
        return False
    return found.whole and (found.depth > 0 or one.score == SOUNDS)


def _by_door(gazetteer: Gazetteer, one: Mention) -> Mention:
    """Places of one name told apart by road and number; a door of another place raises doubts."""
    if not one.road or not one.named:
        return one
    door = gazetteer.doors.get((one.road, one.number), ())
    fitting = [place for place in one.places if place in door]
    if door and not fitting:
        return replace(one, doubts=tuple(door))
    if not fitting:
        fitting = [p for p in one.places if gazetteer.roads_of.get(p) == one.road]
    if not fitting:
        return one
    return replace(one, places=tuple(fitting), doubts=())


def _descent(gazetteer: Gazetteer, place: int, tokens: tuple[Token, ...]) -> Descent:
    if not tokens:
        return _bare(place)
    found = descend(gazetteer, place, readings(list(tokens)))
    roles = [token.role for token in tokens]
    told = [role for role in roles if role and role not in _MANY]
    if len(told) > len(set(told)):
        # Said twice: what stands before is sure, it is not all that was said.
        return replace(found, whole=False)
    if found.whole or "garbled" not in roles:
        return found
    # What stands after a word nobody knows is taken only where the register has it all.
    kept = _descent(gazetteer, place, tokens[: roles.index("garbled")])
    return replace(kept, whole=False)


def _bare(place: int) -> Descent:
    return Descent(place, True, 0)


def _told(gazetteer: Gazetteer, one: Mention, found: Descent) -> Located:
    entry = gazetteer.entries[found.place]
    score = one.score * (_BESIDE_WORTH if one.beside else 1.0)
    whole = found.whole and not one.beside
    shown = [(found.place, score)] if whole or not found.below else []
    if not shown:
        shown = [(place, score / len(found.below)) for place in found.below]
    return Located(
        "resolved" if whole else "partial",
        found.place,
        entry.kind,
        _candidates(gazetteer, shown),
        _parsed(gazetteer, found.place, one, found.parts),
        (one.start, one.end),
    )


def _asked(
    gazetteer: Gazetteer, one: Mention, places: Iterable[tuple[int, float]], parts: Parts
) -> Located:
    candidates = _candidates(gazetteer, places)
    parsed = replace(_parsed(gazetteer, 0, one, parts), compound="")
    return Located("ambiguous", None, "", candidates, parsed, (one.start, one.end))


def _road(gazetteer: Gazetteer, found: Sequence[Mention]) -> Located:
    """Where only roads are named: the road, or the two that cross."""
    roads = {one.road_id: one for one in found if one.road_id > 0}
    if not roads:
        return _UNKNOWN
    one = next(iter(roads.values()))
    if len(roads) > 1:
        return _asked(gazetteer, one, [(place, 0.5) for place in roads], NOTHING)
    whole = not one.number and not one.beside
    return Located(
        "resolved" if whole else "partial",
        one.road_id,
        "road",
        _candidates(gazetteer, [(one.road_id, one.score if whole else _BESIDE_WORTH)]),
        _parsed(gazetteer, 0, one, NOTHING),
        (one.start, one.end),
    )


def _candidates(gazetteer: Gazetteer, places: Iterable[tuple[int, float]]) -> tuple[Candidate, ...]:
    best: dict[int, float] = {}
    for place, score in places:
        best[place] = max(score, best.get(place, 0.0))
    ranked = sorted(best.items(), key=lambda pair: -pair[1])[:MOST_CANDIDATES]
    return tuple(
        Candidate(place, gazetteer.entries[place].kind, round(score, 3), gazetteer.words(place))
        for place, score in ranked
    )


def _parsed(gazetteer: Gazetteer, place: int, one: Mention, parts: Parts) -> Parsed:
    floor = parts.floor
    if parts.room and not floor and (match := _ROOM.match(parts.room)):
        floor = match[1] or match[2]
    return Parsed(
        gazetteer.top_name(place) if place else "",
        parts.phase, parts.area, parts.group, parts.building or parts.house,
        parts.stairwell, floor, parts.room, one.road, one.number, one.beside,
    )  # fmt: skip
