"""Reading the numbered parts of an address: 二期A区3栋2单元15楼04, 3-2-1504, 3#2-1504, 5组12号.

A part is a number and, mostly, a word that says what it counts. Parts with their word may stand in
any order; numbers without one are taken by their place in the row (building, unit, room). Where
two readings are possible both are given, and the register decides.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from gezhi.methods.locate.signs import NUMERALS, bare, plain

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


@dataclass(frozen=True, slots=True)
class Parts:
    """What is said below a compound; `house` is a number that may be a building's or a door's.

    `door` is the door of a floor, `room` floor and door together.
    """

    phase: str = ""
    area: str = ""
    group: str = ""
    building: str = ""
    stairwell: str = ""
    floor: str = ""
    door: str = ""
    room: str = ""
    house: str = ""

    def any(self) -> bool:
        """Whether anything at all is said."""
        return bool(
            self.building or self.room or self.stairwell or self.house or self.floor
            or self.group or self.area or self.phase or self.door
        )  # fmt: skip


NOTHING: Final = Parts()


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
        return bool(before) or number[0] not in NUMERALS
    if not before:
        return False
    if number[0] in NUMERALS:
        return len(number) > 1 or bool(_SAID.match(text, end))
    return not number.isalpha()


# Roles that mean the same wherever they stand; a floor may be a building, 号 and # anything.
_PLAIN: Final = frozenset({"phase", "area", "group", "building", "stairwell", "room"})
_BELOW: Final = frozenset({"stairwell", "room", "floor"})
_AS_WRITTEN: Final = frozenset({"room", "door"})


def readings(tokens: list[Token]) -> list[Parts]:
    """What the parts may mean, likeliest first.

    Where a part is said twice (3栋、5栋; 301、302) what stands before it is read, and no more.
    """
    slots: dict[str, str] = {}
    loose: list[str] = []
    roles = [token.role for token in tokens]
    for place, token in enumerate(tokens):
        role = token.role
        if role not in _PLAIN:
            role = roles[place] = _role(token, slots, roles[place + 1 :], loose)
        if not role:
            loose.append(token.number)
            continue
        if role == "floor" and (loose or "room" in slots):
            # A floor after the door is talk about the house: 2-03一楼商铺.
            break
        if role in slots:
            if slots[role] in {token.number, bare(token.number)}:
                continue
            return readings(tokens[: roles.index(role)])
        if loose and role in _BELOW and "building" not in slots:
            slots["building"] = bare(loose.pop(0))
        if (
            role == "room"
            and token.joined
            and len(loose) == 1
            and len(token.number) < 3
            and token.number.isdigit()
        ):
            # 5-02室 is floor 5 and door 02.
            slots["floor"] = bare(loose.pop())
        slots[role] = token.number if role in _AS_WRITTEN else bare(token.number)
    placed = _placed(slots, loose) if loose else [slots]
    if not placed:
        return readings(tokens[:-1])
    return [floored(Parts(**found)) for found in placed]


def _role(token: Token, slots: dict[str, str], later: list[str], loose: list[str]) -> str:
    """What this part counts, given what is known before and after it; "" for not yet known."""
    role = token.role
    if role == "floor" and not {"building", "stairwell"} & slots.keys():
        # In some cities 3楼2单元 is building 3.
        before_unit = "stairwell" in later and "building" not in later and not loose
        return "building" if before_unit else "floor"
    if role == "house":
        if "floor" in slots:
            return "door"
        if "stairwell" in slots or "building" in slots or loose:
            return "room"
        if "stairwell" in later or "room" in later:
            return "building"
        return "house"
    if role in {"hash", "garbled"}:
        if "building" in later and "building" not in slots:
            return "stairwell" if "stairwell" not in slots else ""
        for slot in ("building", "stairwell", "room"):
            if slot not in slots:
                return slot if not loose else ""
        return ""
    return role


def _placed(slots: dict[str, str], loose: list[str]) -> list[dict[str, str]]:
    """The slots with the numbers that had no word put where they may belong."""
    free: tuple[tuple[str, ...], ...]
    if "floor" in slots:
        free = (("door",),)
    elif "stairwell" in slots:
        free = (("room",), ("floor", "door"))
    elif "building" in slots:
        short = len(loose[0]) < 3
        free = (("stairwell",), ("room",)) if short else (("room",), ("stairwell",))
        free += (("stairwell", "room"), ("floor", "door"), ("stairwell", "floor", "door"))
    else:
        free = (("building",), ("room",)) if len(loose[0]) < 3 else (("room",), ("building",))
        free += (("building", "stairwell"),) if len(loose[-1]) < 3 else ()
        free += (("building", "room"), ("building", "stairwell", "room"))
        free += (("building", "stairwell", "floor", "door"), ("building", "floor", "door"))
    found = []
    for roles in free:
        if roles[-1] == "door" and len(roles) > 1 and len(loose[-1]) > 2:
            continue
        if len(roles) == len(loose) and not slots.keys() & set(roles):
            pairs = zip(roles, loose, strict=True)
            found.append(slots | {role: n if role in _AS_WRITTEN else bare(n) for role, n in pairs})
    return found


def floored(parts: Parts) -> Parts:
    """Floor 15 and door 04 are room 1504; a door that already names its floor is the room."""
    if not parts.floor:
        return parts
    if parts.door:
        if len(parts.door) > 2 and parts.door.startswith(parts.floor):
            return replace(parts, room=parts.door, door="")
        door = parts.door.zfill(2) if parts.door.isdigit() else parts.door
        return replace(parts, room=parts.floor + door, door="")
    if parts.room and len(parts.room) < 3:
        door = parts.room.zfill(2) if parts.room.isdigit() else parts.room
        return replace(parts, room=parts.floor + door)
    return parts
