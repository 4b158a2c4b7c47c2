"""Putting an answer into words: a place, a question, or a road."""

from collections.abc import Iterable, Sequence
from typing import Final

from gezhi.methods.locate.answers import MOST_CANDIDATES, Candidate, Located, Parsed
from gezhi.methods.locate.descending import Descent
from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.mentions import Mention
from gezhi.methods.locate.reading import NOTHING, Parts

_BESIDE_WORTH: Final = 0.6
UNKNOWN: Final = Located("unknown", None, "", (), Parsed(), (0, 0))
_TALLEST: Final = 2


def told(gazetteer: Gazetteer, one: Mention, found: Descent) -> Located:
    """The answer for a sure place: resolved if it is all that was said, else partial."""
    entry = gazetteer.entries[found.place]
    score = one.score * (_BESIDE_WORTH if one.beside else 1.0)
    parsed = _parsed(gazetteer.top_name(found.place), one, found.parts)
    span = (one.start, one.end)
    if found.whole and not one.beside:
        name = gazetteer.words(found.place)
        only = Candidate(found.place, entry.kind, score, name)
        return Located("resolved", found.place, entry.kind, (only,), parsed, span)
    below = found.below or (found.place,)
    shown = candidates(gazetteer, [(place, score / len(below)) for place in below])
    return Located("partial", found.place, entry.kind, shown, parsed, span)


def asked(
    gazetteer: Gazetteer, one: Mention, places: Iterable[tuple[int, float]], parts: Parts
) -> Located:
    """The answer that asks which of these places, scored, is meant."""
    shown = candidates(gazetteer, places)
    span = (one.start, one.end)
    return Located("ambiguous", None, "", shown, _parsed("", one, parts), span)


def candidates(gazetteer: Gazetteer, places: Iterable[tuple[int, float]]) -> tuple[Candidate, ...]:
    """The best few of the places, each once, best first."""
    best: dict[int, float] = {}
    for place, score in places:
        best[place] = max(score, best.get(place, 0.0))
    ranked = sorted(best.items(), key=lambda pair: -pair[1])[:MOST_CANDIDATES]
    return tuple(
        Candidate(place, gazetteer.entries[place].kind, round(score, 3), gazetteer.words(place))
        for place, score in ranked
    )


def _parsed(name: str, one: Mention, parts: Parts) -> Parsed:
    floor = parts.floor or _floor_of(parts.room)
    return Parsed(
        name,
        parts.phase, parts.area, parts.group, parts.building or parts.house,
        parts.stairwell, floor, parts.room, one.road, one.number, one.beside,
    )  # fmt: skip


def _floor_of(room: str) -> str:
    """The floor in a door's number: 15 in 1504, 9 in 9B."""
    floor = room[:-2] if room.isdigit() else room[:-1]
    return floor if floor.isdigit() and len(floor) <= _TALLEST else ""


def roads_named(gazetteer: Gazetteer, found: Sequence[Mention]) -> Located:
    """Where only roads are named: the road, or the two that cross."""
    roads = {one.road_id: one for one in found if one.road_id > 0}
    if not roads:
        return UNKNOWN
    one = next(iter(roads.values()))
    if len(roads) > 1:
        return asked(gazetteer, one, [(place, 0.5) for place in roads], NOTHING)
    whole = not one.number and not one.beside
    return Located(
        "resolved" if whole else "partial",
        one.road_id,
        "road",
        candidates(gazetteer, [(one.road_id, one.score if whole else _BESIDE_WORTH)]),
        _parsed("", one, NOTHING),
        (one.start, one.end),
    )
