"""The start to beat: one regular expression and a dictionary of names, as one writes it first."""

import re
from collections import defaultdict
from typing import Final

from benchmarks.locate.judging import Said
from benchmarks.locate.register import Register

_TAIL: Final = re.compile(
    r"(?:([0-9一二三])期)?(?:([A-Z])区)?(?:([0-9])组团)?"
    r"(?:([A-Z]?[0-9]+|[A-Z甲乙丙丁])(?:栋|幢|号楼|座|#|-|组))?"
    r"(?:([0-9]+)(?:单元|-))?(?:([0-9]+)(?:楼|层))?([0-9]+[A-Z]?)?"
)
_DIGITS: Final = str.maketrans("一二三四五六七八九", "123456789")
_BUILDING: Final = re.compile(
    r"(?:([一二12])期)?(?:([AB])区)?(?:([12])组团)?(\w+?)(?:栋|座|号楼|组)"
)


class Baseline:
    """Names found as they are registered or learnt, numbers as one regular expression reads them."""

    def __init__(self, register: Register) -> None:
        names: dict[str, list[int]] = defaultdict(list)
        self.below: dict[tuple[int, str], int] = {}
        for row in register.rows:
            if row.parent is None:
                names[row.name].append(row.id)
            else:
                self.below[row.parent, _label(row.kind, row.name)] = row.id
        for place, others in register.nicknames.items():
            for other in others:
                names[other].append(place)
        self.names = names
        self.pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))

    def answer(self, text: str) -> Said:
        """The deepest place whose parts are all found."""
        hits = list(self.pattern.finditer(text))
        if not hits:
            return Said("unknown", None)
        places = self.names[hits[-1].group()]
        if len(places) > 1:
            return Said("ambiguous", None, tuple(places))
        tail = _TAIL.match(text, hits[-1].end())
        if tail is None:
            return Said("resolved", places[0])
        phase, area, group, building, stairwell, floor, door = tail.groups("")
        whole = "|".join((phase.translate(_DIGITS), area, group, building))
        room = floor + door.zfill(2) if floor and door else door
        place = places[0]
        for label in (whole if building else "", stairwell, room):
            if label and (place, label) in self.below:
                place = self.below[place, label]
        return Said("resolved", place)


def _label(kind: str, name: str) -> str:
    if kind == "building" and (match := _BUILDING.fullmatch(name)):
        phase, area, group, number = match.groups("")
        return "|".join((phase.translate(_DIGITS), area, group, number))
    return name.removesuffix("单元").removesuffix("号")
