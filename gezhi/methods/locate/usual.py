"""The usual way of writing numbered parts, read in one go.

Nearly all addresses are 栋, 单元 and a door in this order; `grammar` reads these, too, and reads
them the same (a test holds the two together), only sign by sign.
"""

import re
from typing import Final

from gezhi.methods.locate.reading import Parts, floored
from gezhi.methods.locate.signs import NUMERALS, bare, plain

_COUNT: Final = rf"([0-9]{{1,2}}|[{NUMERALS}]{{1,3}})"
_USUAL: Final = re.compile(
    r" ?"
    rf"(?:{_COUNT}期 ?)?(?:([A-Z][0-9]?|[0-9])区 ?)?(?:{_COUNT}组团 ?)?"
    rf"(?:([A-Z]?[0-9]{{1,3}}|[A-Z]|[{NUMERALS}]{{1,3}}) ?(?:号楼|栋|幢|座|(?:#|-)(?=[0-9]))[ \-]?)"
    rf"(?:{_COUNT} ?(?:单元|-(?=[0-9]))[ \-]?)?"
    rf"(?:{_COUNT} ?(?:楼|层) ?)?"
    rf"([0-9]{{1,4}}[A-F]?|[{NUMERALS}]{{1,4}}[A-F]?)(?:室|号(?!楼|门|院|[一-鿿] ?[0-9])|)"
    # What may follow a door and not count it; anything else is read sign by sign.
    r"(?=$|[ ,，。；;！!？?()（）\[\]【】\n<的]|楼[上下]|门口|住户|业主)"
    r"(?! ?[,，、(（]?[0-9A-Z]| ?的?(?:正|斜)?(?:[旁对附隔周边侧背后前外]))"
)


def usual_parts(text: str, position: int) -> tuple[Parts, int] | None:
    """The parts that stand here and where they end, if they are written the usual way."""
    match = _USUAL.match(text, position)
    if match is None:
        return None
    phase, area, group, building, stairwell, floor, door = match.groups("")
    door = plain(door)
    if not floor and len(door) < 3:
        return None
    return (
        floored(
            Parts(
                bare(plain(phase)) if phase else "",
                area,
                bare(plain(group)) if group else "",
                bare(plain(building)),
                bare(plain(stairwell)) if stairwell else "",
                bare(plain(floor)) if floor else "",
                door if floor else "",
                "" if floor else door,
            )
        ),
        match.end(),
    )
