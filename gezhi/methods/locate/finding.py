"""The place that words name: from the mentions of a text to one place, or to a question."""

from collections.abc import Sequence
from typing import Final

from gezhi.methods.locate.answers import Located
from gezhi.methods.locate.descending import Descent, descend
from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.grammar import Token
from gezhi.methods.locate.guessing import guesses, misnamed
from gezhi.methods.locate.mentions import Mention, mentions
from gezhi.methods.locate.near import SLIP, SOUNDS, UNSURE
from gezhi.methods.locate.reading import NOTHING, Parts, readings
from gezhi.methods.locate.shortening import cut_down
from gezhi.methods.locate.signs import fold
from gezhi.methods.locate.telling import UNKNOWN, asked, roads_named, told

# Roles that may come twice in one address: 3#2#1504, 3楼2单元15楼.
_MANY: Final = frozenset({"hash", "garbled", "house", "floor"})
_SHORTEST_TALK: Final = 20
_LONG_NAME: Final = 4


def locate(gazetteer: Gazetteer, text: str, *, within: frozenset[int] | None = None) -> Located:
    """The place that an address, or a message with an address in it, names.

    `within`: ids of the compounds, facilities and roads that count (those of a grid, say); all
    others are as if not registered. Takes any text whatever, never raises; the time grows with
    the length of the text, 100,000 signs take about 0.1 s.
    """
    folded = fold(text)
    found = mentions(gazetteer, folded)
    if within is not None:
        found = [_narrowed(gazetteer, one, within) for one in found]
    named = [one for one in found if one.places and (one.named or one.told)]
    if not named:
        named = _guessed(gazetteer, folded, found, within)
    if not named:
        named = [misnamed(gazetteer, folded, one) or one for one in found if one.places]
    if not named:
        named = _cut_short(gazetteer, folded, within)
    if named:
        return _answer(gazetteer, _meant(named))
    return roads_named(gazetteer, found)


def shortened(gazetteer: Gazetteer, text: str) -> Located:
    """What a short text may name by a name cut down (锦副宿舍); ambiguous or unknown, never sure.

    For whoever can ask: `locate` leaves such names out, since they fit many.
    """
    found = cut_down(gazetteer, fold(text))
    return _answer(gazetteer, found) if found else UNKNOWN


def _narrowed(gazetteer: Gazetteer, one: Mention, within: frozenset[int]) -> Mention:
    def kept(places: Sequence[int]) -> tuple[int, ...]:
        return tuple(p for p in places if p in within or _top(gazetteer, p) in within)

    one.places, one.doubts = kept(one.places), kept(one.doubts)
    one.road_id = one.road_id if one.road_id in within else 0
    return one


def _top(gazetteer: Gazetteer, place: int) -> int:
    parent = gazetteer.entries[place].parent_id
    return place if parent is None else parent


def _guessed(
    gazetteer: Gazetteer, text: str, found: Sequence[Mention], within: frozenset[int] | None
) -> list[Mention]:
    near = guesses(gazetteer, text, [one for one in found if one.road])
    if within is not None:
        near = [_narrowed(gazetteer, one, within) for one in near]
    doors = {place for one in found for place in one.places}
    known = [one for one in near if doors & set(one.places)]
    if known:
        # A misspelt name at the right door is that name.
        one = known[0]
        one.places, one.score = tuple(doors & set(one.places)), SOUNDS
        return [one]
    return [one for one in near if one.places]


def _cut_short(gazetteer: Gazetteer, text: str, within: frozenset[int] | None) -> list[Mention]:
    """Names cut short with nothing after them, long ones or in a short text: enough to ask."""
    least = _LONG_NAME if len(text) > _SHORTEST_TALK else 0
    hits = [hit for hit in gazetteer.names.hits(text) if hit.named.short and hit.named.places]
    hits = [hit for hit in hits if len(hit.named.name) >= least]
    found = [Mention(hit.named.places, UNSURE, hit.start, hit.end, True) for hit in hits]
    if within is not None:
        found = [_narrowed(gazetteer, one, within) for one in found]
    return [one for one in found if one.places]


def _meant(named: Sequence[Mention]) -> list[Mention]:
    """The mentions the case is about: not what it is beside; with parts before without."""
    if len(named) == 1:
        return list(named)
    at = [one for one in named if not one.beside] or list(named)
    parted = [one for one in at if one.told] or at
    common = set(parted[0].places).intersection(*(one.places for one in parted[1:]))
    if not common:
        return parted
    best = max(parted, key=lambda one: one.told)
    best.places = tuple(place for place in best.places if place in common)
    return [best]


def _answer(gazetteer: Gazetteer, meant: Sequence[Mention]) -> Located:
    if len(meant) > 1:
        places = [(place, one.score) for one in meant for place in one.places]
        return asked(gazetteer, meant[0], places, NOTHING)
    one = _by_door(gazetteer, meant[0])
    descents = [_descent(gazetteer, place, one.tokens, one.parts) for place in one.places]
    if one.doubts:
        doubted = [(place, one.score / 2) for place in (*one.doubts, *one.places)]
        return asked(gazetteer, one, doubted, descents[0].parts)
    if len(descents) > 1:
        # Told apart by what only one of them has: a building, not merely a door.
        whole = [found for found in descents if found.depth]
        if len(whole) != 1 or not whole[0].whole:
            places = [(found.place, one.score) for found in whole or descents]
            return asked(gazetteer, one, places, descents[0].parts)
        descents = whole
    found = descents[0]
    if not _sure(one, found):
        return asked(gazetteer, one, [(found.place, one.score)], found.parts)
    return told(gazetteer, one, found)


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
        one.doubts = tuple(door)
        return one
    if not fitting:
        fitting = [p for p in one.places if gazetteer.roads_of.get(p) == one.road]
    if fitting:
        one.places, one.doubts = tuple(fitting), ()
    return one


def _descent(
    gazetteer: Gazetteer, place: int, tokens: Sequence[Token], parts: Parts | None = None
) -> Descent:
    if parts:
        return descend(gazetteer, place, (parts,))
    if not tokens:
        return Descent(place, True, 0)
    found = descend(gazetteer, place, readings(list(tokens)))
    roles = [token.role for token in tokens]
    told = [role for role in roles if role and role not in _MANY]
    if len(told) > len(set(told)):
        # Said twice: what stands before is sure, it is not all that was said.
        found.whole = False
    elif not found.whole and "garbled" in roles:
        # What stands after a word nobody knows is taken only where the register has it all.
        found = _descent(gazetteer, place, tokens[: roles.index("garbled")])
        found.whole = False
    return found
