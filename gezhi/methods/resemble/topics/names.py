"""Names of places found in a text by their last sign, without a gazetteer and without a dictionary.

The left edge is soft: a sign too many does little harm, as names are compared by their n-grams.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from gezhi.methods.resemble.topics.features import MOST_SIGNS

HEAD_SIGNS = 60
BODY_SIGNS = 200

_LONGER = ("小区", "社区", "街道")  # before these stands a name of two signs
# One flat list of alternatives, as only then does the search jump to their first signs. A lamp
# (路灯) and a surface (路面) are no roads.
_ENDS = (
    "小区|社区|街道"
    "|花园|家园|公寓|广场|公园|大厦|学院|大学|中学|小学|学校|幼儿园|医院|市场|车站|大道|国际"
    "|路(?![灯面])|街|巷|村|组|镇|乡|城|苑|园|府|湾|郡|庭|站|桥|湖|岛|滩"
)
_CODE = re.compile(r"[A-Za-z]\d*[市区县]")  # 泰迪杯 and tests write A3区 for a district
_EMPTY = "的在于是和与及到至从对向由把被为了有请问"  # a name begins after these
_END = re.compile(_ENDS)
_GAP = re.compile(rf"[\W\d_a-zA-Z{_EMPTY}]")
_LONGEST = 6  # signs before the last word of a name


@dataclass(frozen=True, slots=True)
class Read:
    """A text as head and body, the same with gaps of equal length for names, and the names."""

    whole: tuple[str, str]
    bare: tuple[str, str]
    names: tuple[list[str], list[str]]


def read(text: str) -> Read:
    """The text in the parts that are counted; of the body 600 signs. Refuses nothing."""
    head, body = split(text)
    body = body[:MOST_SIGNS]
    bare_head, bare_body = _uncoded(head), _uncoded(body)
    found, more = _places(bare_head), _places(bare_body[:BODY_SIGNS])
    return Read(
        whole=(head, body),
        bare=(_gapped(bare_head, found), _gapped(bare_body, {*found, *more})),
        names=(found, more),
    )


def places(text: str) -> list[str]:
    """The names of places in a text, in order, repeats kept. Refuses nothing."""
    return _places(_uncoded(text))


def _places(plain: str) -> list[str]:
    found = []
    begin = 0
    for end in _END.finditer(plain):
        at = end.start()
        start = max(begin, at - _LONGEST)
        for gap in _GAP.finditer(plain, start, at):
            start = gap.end()
        if at - start >= (2 if end[0] in _LONGER else 1):
            found.append(plain[start : at if end[0] in _LONGER else end.end()])
        elif at > start:
            continue
        begin = end.end()
    return found


def without(text: str, names: Collection[str]) -> str:
    """The text with a gap for each name and each coded district, sign for sign as long."""
    return _gapped(_uncoded(text), names)


def _uncoded(text: str) -> str:
    return _CODE.sub(lambda code: " " * len(code[0]), text)


def _gapped(plain: str, names: Collection[str]) -> str:
    for name in sorted(set(names), key=len, reverse=True):
        plain = plain.replace(name, " " * len(name))
    return plain


def split(text: str) -> tuple[str, str]:
    """Subject and body: the first line and the rest; of a single line its first signs."""
    head, _, body = text.strip().partition("\n")
    return (head[:HEAD_SIGNS], body) if body else (head[:HEAD_SIGNS], head[HEAD_SIGNS:])
