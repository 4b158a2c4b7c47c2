"""What of a person's data is shown to whom it need not be shown whole.

Masked forms never tell sex, age or the length of a name, and are never longer than needed to let
somebody recognize what they know already. Grades are those of the field (1 public … 4 sensitive).
"""

import re
from enum import StrEnum

from gezhi.kernel import phones

HIDDEN = "***"

# 复姓 in use; a name that begins with one and is longer shows both characters.
_DOUBLES = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙"
    "慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷"
    "轩辕令狐段干百里呼延东郭南门羊舌微生公户梁丘左丘东门西门第五"
)
_DOUBLE_SURNAMES = frozenset(_DOUBLES[place : place + 2] for place in range(0, len(_DOUBLES), 2))
# 3栋, B座, 二单元, 东楼; not 东楼街 or 一层村, which are names of places.
_BUILDING = re.compile(
    r"(?:[0-9０-９A-Za-z一二三四五六七八九十百甲乙丙丁]{1,6}\s*(?:号楼|栋|幢|座|单元|楼|层|室|户|门)"
    r"|[东西南北中](?:楼|栋|幢|座))(?!街|路|巷|道|村|社区|镇|桥|里)"
)
_PLATE = re.compile(r"附?[0-9０-９一二三四五六七八九十百]+(?:-[0-9]+)?\s*号(?:附[0-9０-９]+号)?$")


class Kind(StrEnum):
    """What a text is, for the form its mask takes."""

    NAME = "name"
    PHONE = "phone"
    NUMBER = "number"
    ADDRESS = "address"
    TEXT = "text"


def masked_name(name: str) -> str:
    """`陈**`: the surname and two stars, whatever the length; `欧阳**`; `J**`; "" for nothing."""
    bare = name.strip()
    if not bare:
        return ""
    shown = bare[:2] if len(bare) > 2 and bare[:2] in _DOUBLE_SURNAMES else bare[:1]
    return f"{shown}**"


def masked_phone(number: str) -> str:
    """`138****1234`, `028-****1234`, however it was written; anything too short to hide a part of is
    hidden whole."""
    bare = phones.normalized(number)
    if not bare:
        return ""
    area, hyphen, rest = bare.partition("-")
    if hyphen:
        local = rest.split("-")[0]
        return f"{area}-****{local[-4:]}" if len(local) >= 7 else HIDDEN
    return f"{bare[:3]}****{bare[-4:]}" if len(bare) >= 11 else HIDDEN


def masked_number(number: str) -> str:
    """`510***********1234` for an identity card, `E****34` for shorter documents."""
    bare = number.strip()
    if not bare:
        return ""
    if len(bare) in (15, 18):
        return f"{bare[:3]}{'*' * (len(bare) - 7)}{bare[-4:]}"
    return f"{bare[:1]}****{bare[-2:]}" if len(bare) >= 7 else HIDDEN


def masked_address(address: str) -> str:
    """The address down to the compound; building, stairwell, floor and room are gone.

    A house by the road with no compound loses its number as well: the number is the house.
    """
    bare = address.strip()
    if not bare:
        return ""
    found = _BUILDING.search(bare)
    if found is not None:
        return f"{bare[: found.start()].rstrip(' ,，-')}{HIDDEN}"
    plate = _PLATE.search(bare)
    return f"{bare[: plate.start()].rstrip()}{HIDDEN}" if plate else bare


def shown(text: str, kind: Kind, *, grade: int, cleared: int) -> str:
    """The text as a reader cleared to a grade may see it.

    Whole up to the grade the reader is cleared to (grade 1 is public); above it masked by its
    kind, and grade 4 as well as free text not at all. Refuses a grade outside 1–4 (ValueError).
    """
    if not (1 <= grade <= 4 and 0 <= cleared <= 4):
        raise ValueError("grades run from 1 to 4")
    if grade == 1 or grade <= cleared or not text:
        return text
    if grade == 4:
        return HIDDEN
    match kind:
        case Kind.NAME:
            return masked_name(text)
        case Kind.PHONE:
            return masked_phone(text)
        case Kind.NUMBER:
            return masked_number(text)
        case Kind.ADDRESS:
            return masked_address(text)
        case Kind.TEXT:
            return HIDDEN
