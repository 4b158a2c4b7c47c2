"""Finding the numbered parts of an address: 二期A区3栋2单元15楼04, 3-2-1504, 3#2-1504, 5组12号.

A part is a number and, mostly, a word that says what it counts; `reading` says what they mean.
"""

import re
from dataclasses import dataclass
from typing import Final

from gezhi.methods.locate.signs import NUMERALS, plain

_ROLES: Final = {
    "phase": "期",
    "area": "号院 院区 区",
    "group": "村民小组 小组 组团 号组 组 社 队",
    "building": "号楼栋 号栋楼 栋楼 楼栋 号楼 号栋 号幢 #楼 #栋 栋 幢 座 栋号",
    "stairwell": "号单元 单元楼 单元门 单元号 单元 号门栋 号门 号梯 门栋 #门 门 梯",
    "floor": "楼层 层楼 楼 层 F",
    "room": "号房间 号房 号室 号户 室号 房间 房号 室 房 户",
    "house": "号",
    "hash": "#",
}
_ROLE_OF: Final = {word: role for role, words in _ROLES.items() for word in words.split()}
# After these the word is part of another: 2号线, 3室2厅, 2门口, 3社区.
_NOT_BEFORE: Final = {
    "号": "线桥令文工机井闸变晚早上下中开停凌当",
    "室": "内外友",
    "门": "口面店前外禁卫窗市诊岗铺",
    "区": "别域间政委",
    "社": "区会保",
    "组": "织成合长",
    "队": "伍长",
    "户": "人口主籍型",
    "房": "东子产价客屋管",
    "座": "桥位谈车",
    "梯": "子田间",
    "期": "间望待盼限货",
    "F": "ABCDEGHIJKLMNOPQRSTUVWXYZ",
    "楼": "盘市",
    "层": "面次",
}


def _suffixes() -> str:
    found = []
    for word in sorted(_ROLE_OF, key=len, reverse=True):
        barred = _NOT_BEFORE.get(word[-1], "") if len(word) == 1 or word[-1] == "门" else ""
        after = f"(?![{barred}])" if barred else ""
        if word == "室":
            # 3室2厅 is a flat's plan.
            after += "(?![一二两三123][厅卫])"
        if word == "号":
            # 1号搂202 is a slip of 号楼.
            after += rf"(?![一-鿿][ \-]?[0-9{NUMERALS}])"
        elif word == "号楼":
            after = "(?![上下])"
        found.append(re.escape(word) + after)
    # 单 for 单元 only where the next number follows at once.
    return "|".join([*found, f"单(?=-?[0-9{NUMERALS}])"])


# A number before one of these counts it and is no part of an address: 2台, 3个月, 2026年.
_COUNTED: Final = re.compile(
    r"[年月日点时秒个台部辆条只次周岁块毛厘度户人名位多几余起瓦吨斤级倍折%路:℃万千亿]"
    r"|号(?=[线桥令文工机井])|[层区期组队座]|门(?!口)|楼(?![上下道])|天(?!花)|家(?!里|中|的|门|住|漏|楼)|分(?!部)|元(?!单)|米(?!黄)|公[里斤分]|平[方米]"
)
_FILL: Final = r"[ ,，、()（）\[\]【】·第\-/.]*"
_NUMBER: Final = (
    r"(?!(?:19|20)\d\d[-/.年]\d)"
    r"(?:[A-Z]{0,2}\d{1,5}(?:[A-EG-Z](?![A-Z]))?(?!\d)|[A-Z](?![A-Z])"
    # 九零四一直 is door 904 and 一直.
    rf"|(?:(?!一[直下些般旦定样家])[{NUMERALS}]){{1,6}}[A-F]?|[甲乙丙丁戊己庚辛]|[东西南北中](?=栋|幢|座|单元|门|区))"
)
_TOKEN: Final = re.compile(
    rf"({_FILL})({_NUMBER})"
    rf"(?: ?({_suffixes()})"
    # A word misspelt between two numbers still parts them: 3东2单元.
    rf"| ?((?:(?![{NUMERALS}])[一-鿿]){{1,2}})"
    rf"(?=[ ,，、第)）\]】\-]{{0,2}}[0-9{NUMERALS}A-Z])"
    r"| ?([一-鿿][楼元]|单[一-鿿]|[一-鿿])(?=[ ,，。()（）]|$|楼[上下]|门口|边上|旁|对面|背后)|)"
)
_ENDS: Final = re.compile(
    r"[ ,，、。；;！!？?()（）\[\]【】<\n\-/#]|\.[0-9]|$|楼[上下道]|门口|的|住户|业主|家"
)
# What may follow a door said as one sign: 二楼三漏水, but not 二楼一直.
_SAID: Final = re.compile(r"号|晚上|早上|每天|昨|今天|有|漏|没|反映|室")


@dataclass(slots=True)
class Token:
    """A number and what it counts; role "" for none, "garbled" for a word nobody knows.

    `joined`: by a hyphen to what stands before; `closed`: a number without its word, and nothing
    after it that it might count.
    """

    number: str
    role: str
    start: int
    end: int
    joined: bool
    closed: bool


def tokens_from(text: str, position: int, end: int) -> list[Token]:
    """The parts that follow one another from this position of a folded text, none if it has none.

    Stops before a number that counts something else (2台, 3个月, 2026年).
    """
    found: list[Token] = []
    while position < end:
        match = _TOKEN.match(text, position, end)
        if match is None:
            break
        fill, number = match.group(1, 2)
        role, token_end = _word(match, found)
        joined = "-" in fill or "/" in fill or "." in fill
        closed = not role and _ENDS.match(text, token_end) is not None
        if not role and not _stands(text, number, token_end, found, joined, closed):
            break
        plain_number, start = plain(number), match.start(2)
        if role == "stairwell" and len(number) > 3 and plain_number.isdigit():
            # 四零二三单元 is door 402 and unit 3: no house has a thousand units.
            found.append(Token(plain_number[:-1], "room", start, start, joined, False))
            plain_number = plain_number[-1]
        found.append(Token(plain_number, role, start, token_end, joined, closed))
        position = token_end
    return found


def _word(match: re.Match[str], before: list[Token]) -> tuple[str, int]:
    """What the number of a match counts by the word after it, and where the part ends."""
    number, suffix, between, last = match.group(2, 3, 4, 5)
    bare_end = match.end(2)
    roles = {token.role for token in before}
    if suffix:
        if suffix == "楼" and ("floor" in roles or len(plain(number)) > 2 or number[0] == "零"):
            # 1801楼下, 二楼三楼上: below door 1801, above door 203.
            return "", bare_end
        if suffix == "#" and len(number) > 2 and number.isdigit():
            return "room", match.end()
        return _ROLE_OF.get(suffix, "stairwell"), match.end()
    garbled = between or last
    if not garbled or _COUNTED.match(garbled) or roles & {"floor", "room"}:
        return "", bare_end
    unit = bool(last) and (last[0] == "单" or last[-1] == "元")
    if len(plain(number)) > 2 or (
        last and not unit and roles & {"building", "stairwell", "garbled"}
    ):
        return "", bare_end
    return "garbled", match.end()


def _stands(
    text: str, number: str, end: int, before: list[Token], joined: bool, closed: bool
) -> bool:
    """Whether a number without its word is part of the address."""
    if _COUNTED.match(text, end):
        return False
    if closed:
        return bool(before) or number[0] not in NUMERALS or text[end : end + 1] == "-"
    if not before:
        return False
    if number[0] in NUMERALS:
        return len(number) > 1 or bool(_SAID.match(text, end))
    return not number.isalpha()
