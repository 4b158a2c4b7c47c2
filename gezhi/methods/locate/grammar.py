"""Finding the numbered parts of an address: 二期A区3栋2单元15楼04, 3-2-1504, 3#2-1504, 5组12号.

A part is a number and, mostly, a word that says what it counts; `reading` says what they mean.
"""

import re
from dataclasses import dataclass
from typing import Final

from gezhi.methods.locate.misheard import misheard
from gezhi.methods.locate.signs import NUMERALS, plain

_ROLES: Final = {
    "phase": "期",
    "area": "号院 院区 区",
    "group": "村民小组 小组 组团 号组 组 社 队",
    "building": "号楼栋 号栋楼 栋楼 楼栋 号楼 号栋 号幢 #楼 #栋 栋 幢 座 栋号",
    "stairwell": "梯单元 门单元 号单元 单元楼 单元门 单元号 单元 号门栋 号门 号梯 门栋 #门 门 梯",
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
            after += rf"(?!(?!第)[一-鿿][ \-]?[0-9{NUMERALS}])"
        elif word == "号楼":
            after = "(?![上下])"
        found.append(re.escape(word) + after)
    # 单 for 单元 only where the next number follows at once.
    return "|".join([*found, f"单(?=-?[0-9{NUMERALS}])"])


# After three figures these are a door's: 1504#, 302门.
_OF_DOORS: Final = frozenset({"#", "门", "号门"})
_RUN_INTO: Final = frozenset({"stairwell", "building", "floor"})
# 二楼一开窗, 二楼两口子: these begin other words.
_SOME: Final = frozenset("一两")
_TENS: Final = frozenset("十百拾佰")

# A number before one of these counts it and is no part of an address: 2台, 3个月, 2026年.
_COUNTED: Final = re.compile(
    r"[年月日点时秒个台部辆条只次周岁块毛厘度人名位多几余起瓦吨斤级倍折%路℃万千亿]"
    r"|号(?=[线桥令文工机井])|小时|[层区期组队座]|户(?!主|反映)|:(?![一-鿿])|门(?![口前外])|楼(?![上下道])|天(?!花)|家(?!里|中|的|门|住|漏|楼)|分(?!部)|元(?![单0-9])|米(?!黄)|公[里斤分]|平[方米]"
)
# No address has more parts; lists of houses and junk have.
_MOST: Final = 16
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
    r"| ?([一-鿿][楼元]|元单|单[一-鿿]|[一-鿿])(?=[ ,，。()（）]|$|楼[上下]|门口|边上|附近|隔壁|周[边围]|[前后外侧]面|正?对面|斜对面|旁|背后)|)"
)
# 3栋的2单元的1504; not 3栋的2台电梯.
_OF: Final = re.compile(
    rf"的第?(?:(?:[0-9]{{1,2}}|[{NUMERALS}]{{1,3}})(?:单元|门(?!口))|(?:[0-9]{{3,4}}|[0-9]{{1,2}}[A-F])(?![0-9个户人元多]))"
)
_ENDS: Final = re.compile(
    r"[ ,，、。:；;！!？?()（）\[\]【】<\n~…\-/#]|\.[0-9]|$|楼[上下道]|门口|的|住户|业主|家"
)
# What may follow a door said as one sign: 二楼三漏水, but not 二楼一直.
_SAID: Final = re.compile(r"号|晚上|早上|每天|昨|今天|有|漏|没|反映|室|我|里|的")


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
    while position < end and len(found) < _MOST:
        if found and text[position] == "的" and _OF.match(text, position, end):
            position += 1
        match = _TOKEN.match(text, position, end)
        if match is None:
            break
        fill, number = match.group(1, 2)
        role, token_end = _word(match, found)
        lone = not role or token_end - match.end(2) == 1
        if role == "garbled" or (lone and text[token_end : token_end + 1] >= "一"):
            role, token_end = _heard(match, found, role, token_end)
        joined = "-" in fill or "/" in fill or "." in fill
        closed = not role and _ENDS.match(text, token_end) is not None
        if not role and not _stands(text, number, token_end, found, joined, closed):
            break
        plain_number, start = plain(number), match.start(2)
        if (door := _door_in(number, plain_number, role, found)) is not None:
            found.append(Token(plain_number[:-1], door, start, start, joined, False))
            plain_number = plain_number[-1]
        found.append(Token(plain_number, role, start, token_end, joined, closed))
        position = token_end
    return found


def _door_in(number: str, plain_number: str, role: str, before: list[Token]) -> str | None:
    """The role of a door that runs into the number after it, None where there is none.

    四零二三单元 is door 402 and unit 3 (no house has a thousand units), 八楼一一单元 floor 8, door 1
    and unit 1 (eleven is 十一); so with buildings that are written out.
    """
    if role not in _RUN_INTO or len(number) < 2 or not plain_number[:-1].isdigit():
        return None
    if plain_number[-1].isalpha():
        return "room" if role == "building" and len(number) > 3 else None
    written = number.isdigit() or _TENS & set(number)
    if len(number) > 3 and (role == "stairwell" or not written):
        return "room"
    return "house" if before and before[-1].role == "floor" and not written else None


def _heard(match: re.Match[str], before: list[Token], role: str, end: int) -> tuple[str, int]:
    """What the number counts by a word that is written as it sounds, else as it was read."""
    text, start = match.string, match.end(2)
    start += text[start : start + 1] == " "
    word = misheard(text, start)
    if not word or (not role and _COUNTED.match(text, start)):
        return role, end
    heard = _ROLE_OF[word]
    if _said(before, heard):
        return role, end
    size = len(plain(match.group(2)))
    fits = {"building": size < 3, "stairwell": size < 3, "floor": size < 3 and bool(before)}
    if fits.get(heard, size > 2 or bool(before)):
        return heard, start + len(word)
    return role, end


def _word(match: re.Match[str], before: list[Token]) -> tuple[str, int]:
    """What the number of a match counts by the word after it, and where the part ends."""
    number, suffix, between, last = match.group(2, 3, 4, 5)
    if not suffix:
        garbled = between or last
        if garbled and _is_garbled(garbled, bool(last), plain(number), before):
            return "garbled", match.end()
        return "", match.end(2)
    if suffix == "楼" and (
        2 < len(plain(number)) < 5 or number[0] == "零" or _said(before, "floor")
    ):
        # 1801楼下, 二楼三楼上: below door 1801, above door 203.
        return "", match.end(2)
    if suffix in _OF_DOORS and _is_door(plain(number)):
        return "room", match.end()
    return _ROLE_OF.get(suffix, "stairwell"), match.end()


def _is_garbled(word: str, last: bool, number: str, before: list[Token]) -> bool:
    """Whether a word nobody knows parts this number from the next; `last` where none follows."""
    if len(number) > 2 or _COUNTED.match(word) or _said(before, "floor", "room"):
        return False
    unit = bool({word[0], word[-1]} & {"单", "元"})
    return not last or unit or not _said(before, "building", "stairwell", "garbled")


def _said(before: list[Token], *roles: str) -> bool:
    return any(token.role in roles for token in before)


def _is_door(number: str) -> bool:
    """Whether a number is a door's by itself: 1504, 15C."""
    return len(number) > 2 or (number[0].isdigit() and number[-1].isalpha())


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
        after_floor = before[-1].role == "floor" and number not in _SOME
        return len(number) > 1 or after_floor or bool(_SAID.match(text, end))
    return not number.isalpha()
