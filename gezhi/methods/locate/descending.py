"""From a compound and the parts that were said down to the place in the register."""

from collections.abc import Iterable
from dataclasses import dataclass

from gezhi.methods.locate.gazetteer import Gazetteer, key_of
from gezhi.methods.locate.reading import NOTHING, Parts


@dataclass(slots=True)
class Descent:
    """The deepest sure place; `whole` if that is all that was said; `below`: what may be meant.

    `depth` 0 the compound, 1 the building, 2 the stairwell, 3 the dwelling.
    """

    place: int
    whole: bool
    depth: int
    below: tuple[int, ...] = ()
    parts: Parts = NOTHING


def descend(gazetteer: Gazetteer, top: int, readings: Iterable[Parts]) -> Descent:
    """The best of the readings: whole before in part, then the deepest, then the likeliest.

    Two readings that are whole and end at different places leave what both have in common.
    """
    best: Descent | None = None
    for parts in readings:
        found = _down(gazetteer, top, parts)
        if best is None or _worth(found) > _worth(best):
            best = found
        elif found.whole and best.whole and found.place != best.place and found.depth:
            return Descent(top, False, 0, (best.place, found.place), best.parts)
    return best or Descent(top, True, 0)


def _worth(found: Descent) -> tuple[bool, bool, int]:
    """Whole first, then with doors that fit, then deeper."""
    return found.whole, bool(found.below), found.depth


def _down(gazetteer: Gazetteer, top: int, parts: Parts) -> Descent:
    if gazetteer.entries[top].kind == "building":
        return _inside(gazetteer, top, parts)
    if parts.is_talk or top not in gazetteer.buildings:
        return Descent(top, parts.is_talk, 0, (), parts)
    buildings, parts = _buildings(gazetteer, top, parts)
    if len(buildings) == 1:
        return _inside(gazetteer, buildings[0], parts)
    return Descent(top, False, 0, tuple(buildings), parts)


def _buildings(gazetteer: Gazetteer, top: int, parts: Parts) -> tuple[list[int], Parts]:
    """The buildings that fit, and the parts with a lone number (3号) put where it belongs."""
    known = gazetteer.buildings[top]
    phase = "" if gazetteer.phases.get(top) == parts.phase else parts.phase
    if parts.house:
        as_building = (phase, parts.area, parts.group, parts.house)
        if as_building in known:
            return known[as_building], _without_house(parts, "")
        parts = _without_house(parts, parts.house)
    key = (phase, *key_of(parts)[1:])
    if key in known:
        return known[key], parts
    if not any(key):
        # Only what lies inside a building is said: it can be the only one there is.
        ids = {place for places in known.values() for place in places}
        return (list(ids) if len(ids) == 1 else []), parts
    if phase or parts.group:
        return [], parts
    joined = gazetteer.joined[top].get(parts.area + parts.building, [])
    return list(dict.fromkeys(joined)), parts


def _without_house(parts: Parts, room: str) -> Parts:
    return Parts(
        parts.phase, parts.area, parts.group, parts.building or ("" if room else parts.house),
        parts.stairwell, parts.floor, parts.door, room or parts.room,
    )  # fmt: skip


def _inside(gazetteer: Gazetteer, building: int, parts: Parts) -> Descent:
    stairwells = gazetteer.stairwells.get(building, {})
    place, depth = building, 1
    if parts.stairwell:
        found = stairwells.get(parts.stairwell)
        if found is None and (stairwells or parts.stairwell != "1"):
            return Descent(building, False, 1, (), parts)
        place, depth = (found, 2) if found is not None else (building, 1)
    if not parts.room:
        return Descent(place, not parts.door, depth, (), parts)
    rooms = gazetteer.rooms.get(place, {})
    fitting = rooms.get(parts.room) or rooms.get(parts.room.lstrip("0")) or []
    if len(fitting) == 1:
        return Descent(fitting[0], True, 3, (), parts)
    return Descent(place, False, depth, tuple(fitting), parts)
