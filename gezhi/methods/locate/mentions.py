"""Where a text names places: a compound with its parts, a door on a road, a road."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.grammar import Token, tokens_from
from gezhi.methods.locate.names import Hit, Named
from gezhi.methods.locate.near import UNSURE, alike
from gezhi.methods.locate.reading import Parts
from gezhi.methods.locate.signs import NUMERALS, bare, plain
from gezhi.methods.locate.usual import usual_parts

_GAP: Final = re.compile(r"[ ,，、()（）\[\]【】的·\-]{0,3}")
_HOUSE: Final = re.compile(
    rf"[ (（]?([0-9]{{1,5}}|[{NUMERALS}]{{1,6}}) ?(?:号院|号大院|号|弄)(?![线楼栋])[)）]?"
)
# Words after a compound's name that say no more than the name.
_AFTER_NAME: Final = re.compile(r"[)）]?(?:小区|院子里?|院内|大院|里面|内)?")
_AFTER_SIGNS: Final = frozenset(")）小院大里内")
_DOORS: Final = frozenset({"room", ""})
_BESIDE: Final = re.compile(
    r"[ )）\]】]?的?(?:正|斜)?(旁边|旁|对面|对门|附近|隔壁|周边|周围|边上|侧面|背后|后面|后边|前面|外面)"
)
_BEFORE: Final = re.compile(
    rf"(?<![0-9{NUMERALS}])第?(?:[A-Z]?[0-9]{{1,5}}|[A-Z甲乙丙丁戊己庚辛]|[{NUMERALS}]{{1,6}})"
)
# A name that begins after the first or ends before the last of these is whole.
_BEFORE_WHOLE: Final = frozenset(" ,，。:：、()（）省市区县镇乡道街路号") | {""}
_AFTER_WHOLE: Final = frozenset(" ,，。:：、()（）#0123456789-/") | {""}
_DOOR_ALONE: Final = re.compile(
    rf"(?<![0-9{NUMERALS}A-Z])([0-9]{{3,4}}[A-F]?|[0-9]{{1,2}}[A-F]|[零一二三四五六七八九]{{3,4}}[A-F]?)号?$"
)
_ROADS: Final = ("路", "街", "巷", "道", "段", "弄")
# An address stands together: parts further before the name belong to something else.
_REACH: Final = 32


@dataclass(slots=True)
class Mention:
    """One place named in a folded text: what it may be, how surely, and the parts with it.

    Not frozen: it is filled in as the text round it is read, and lives for one text only.

    `parts` are set where they are written the usual way, else `tokens`, if there are any;
    `doubts` are longer names that the words may be a slip of; `score` as in `names` and `near`.
    """

    places: tuple[int, ...]
    score: float
    start: int
    end: int
    named: bool
    short: bool = False
    road: str = ""
    road_id: int = 0
    number: str = ""
    tokens: Sequence[Token] = ()
    parts: Parts | None = None
    beside: str = ""
    doubts: tuple[int, ...] = ()

    @property
    def told(self) -> int:
        """How many numbered parts stand with the name, about."""
        return 3 if self.parts else len(self.tokens)


def mentions(gazetteer: Gazetteer, text: str) -> list[Mention]:
    """Every place named in a folded text, left to right; a road and the name beside it are one."""
    found: list[Mention] = []
    for hit in gazetteer.names.hits(text):
        one = _mention(gazetteer, text, hit)
        if found and (joined := _joined(text, found[-1], one)):
            found[-1] = joined
        else:
            found.append(one)
    size = len(text)
    kept = []
    for number, one in enumerate(found):
        until = found[number + 1].start if number + 1 < len(found) else size
        whole = with_parts(text, one, until, found[number - 1].end if number else 0)
        if not whole.short or _counts(whole, text):
            kept.append(whole)
    return kept


def _counts(short: Mention, text: str) -> bool:
    """Whether a name cut short counts as one: with parts, at a door, beside, or all by itself."""
    tokens = short.tokens
    if (len(tokens) > 1 and tokens[0].role == "garbled") or (short.beside and not short.told):
        # 首信蓝湾七院1幢 may be another house: to be asked about.
        short.score = UNSURE
    if short.told or short.beside:
        return True
    # 362号云顶新诚 is not 云顶.
    at_door = bool(short.number) and text[short.end : short.end + 1] in _AFTER_WHOLE
    return at_door or (short.start == 0 and short.end == len(text))


def _mention(gazetteer: Gazetteer, text: str, hit: Hit) -> Mention:
    named = hit.named
    if named.road and not named.places:
        house = _HOUSE.match(text, hit.end)
        if house is None:
            return Mention((), 1.0, hit.start, hit.end, False, road=named.name, road_id=named.road)
        number = bare(plain(house[1]))
        places = tuple(gazetteer.doors.get((named.name, number), ()))
        return Mention(
            places, 1.0, hit.start, house.end(), False, False, named.name, named.road, number
        )
    one = Mention(named.places, named.score, hit.start, hit.end, True, named.short)
    containing = gazetteer.containing.get(named.name)
    if containing:
        one.doubts = tuple(_doubts(text, hit, containing))
    if after_builder(gazetteer, text, hit.start):
        one.doubts += named.places
    return one


def after_builder(gazetteer: Gazetteer, text: str, start: int) -> bool:
    """Whether a builder's name stands before this position, or runs over it (蓝汇锦小区)."""
    if start == 0:
        return False
    before = text[max(0, start - 2) : start]
    return before in gazetteer.builders or text[start - 1 : start + 1] in gazetteer.builders


def is_beside(text: str, start: int) -> bool:
    """Whether the words here put the case near what stands before them."""
    return _BESIDE.match(text, start) is not None


def _doubts(text: str, hit: Hit, containing: Iterable[Named]) -> Iterator[int]:
    """Places whose longer name the words round the hit are nearly."""
    if hit.start == 0 and hit.end == len(text):
        return
    for longer in containing:
        offset = longer.name.find(hit.named.name)
        if not offset and text[hit.end : hit.end + 1] in _AFTER_WHOLE:
            continue
        if offset and text[hit.start - 1 : hit.start] in _BEFORE_WHOLE:
            continue
        first = hit.start - offset
        region = text[max(0, first - 1) : first + len(longer.name) + 1]
        if nearly(region, longer.name):
            yield from longer.places


def nearly(region: str, name: str) -> bool:
    """Whether a piece of the region is the name with one slip, or sounds like it."""
    size = len(name)
    return any(
        alike(region[start : start + length], name)
        for length in (size, size - 1, size + 1)
        for start in range(max(1, len(region) - length + 1))
    )


def _joined(text: str, before: Mention, after: Mention) -> Mention | None:
    """Road and name as one mention, where nothing stands between them."""
    if before.named == after.named or bool(before.road) == bool(after.road):
        return None
    gap = _GAP.match(text, before.end)
    if gap is None or gap.end() < after.start:
        return None
    door, name = (before, after) if before.road else (after, before)
    name.start, name.end = before.start, after.end
    name.road, name.road_id, name.number = door.road, door.road_id, door.number
    return name


def with_parts(text: str, mention: Mention, until: int, since: int) -> Mention:
    """The mention with the numbered parts after it, or else before it, and whether it is beside."""
    start, first = _parts_start(text, mention), mention.start
    if first > since and text[first - 1] == text[first]:
        # A sign written twice: 503室远远成溪谷.
        first -= 1
    usual = usual_parts(text, start)
    if usual and usual[1] <= until:
        mention.parts, mention.end = usual
        return mention
    tokens = tokens_from(text, start, until)
    if tokens and tokens[0].role == "garbled" and not mention.named:
        # The name that stands after a door begins with a sign that counts: 五福园.
        tokens = []
    end = tokens[-1].end if tokens else mention.end
    if first > since and not _has_door(tokens):
        before = _tokens_before(text, max(since, first - _REACH), first)
        if not before and any(token.role == "building" for token in tokens):
            before = _door_before(text, max(since, first - _REACH), first)
        roles = {token.role for token in tokens}
        if before and not any(token.role in roles for token in before):
            mention.start = before[0].start
            # A door said before the name belongs after the building said behind it.
            tokens = [*tokens, *before]
    mention.tokens, mention.end = tokens, end
    if end < len(text):
        beside = _BESIDE.match(text, end) or (None if tokens else _BESIDE.match(text, start))
        if beside:
            mention.end, mention.beside = beside.end(), beside[1]
    return mention


def _has_door(tokens: Sequence[Token]) -> bool:
    """Whether the parts end at a door; 5号2单元 is a building and a unit."""
    return any(t.role in _DOORS for t in tokens) or (bool(tokens) and tokens[-1].role == "house")


def _parts_start(text: str, mention: Mention) -> int:
    """Where numbered parts may begin: after words that only repeat what the name says."""
    start = mention.end
    if not mention.named or mention.short or start >= len(text):
        return start
    if text[start] in _AFTER_SIGNS and (after := _AFTER_NAME.match(text, start)):
        start = after.end()
    # A sign written twice: 新村村3栋.
    return start + (text[start : start + 1] == text[start - 1] and start > mention.start + 1)


def _tokens_before(text: str, since: int, start: int) -> list[Token]:
    """Parts written before the name: 3栋2单元1504室锦绣花园; each must say what it counts."""
    before = text[since:start]
    for number in _BEFORE.finditer(before):
        tokens = tokens_from(before, number.start(), len(before))
        if not tokens or tokens[0].role == "garbled" or not all(map(_told, tokens[1:])):
            continue
        if tokens[0].role == "house" and before[: number.start()].endswith(_ROADS):
            # The number of a road nobody registered.
            continue
        gap = _GAP.match(before, tokens[-1].end)
        if gap is None or gap.end() < len(before):
            continue
        for token in tokens:
            token.start += since
            token.end += since
        roles = {token.role for token in tokens}
        if roles & {"building", "room", "stairwell", "floor", "hash"}:
            return tokens
    return []


def _door_before(text: str, since: int, start: int) -> list[Token]:
    """A door alone right before the name, where the building stands behind: 四零一锦绣花园3栋."""
    match = _DOOR_ALONE.search(text[since:start])
    if match is None:
        return []
    number, first = plain(match[1]), since + match.start(1)
    return [Token(number, "room", first, start, False, False)]


def _told(token: Token) -> bool:
    """Whether a part before the name says what it is: by its word, its hyphen, or as a door."""
    return bool(token.role) or token.joined or token.closed or len(token.number) > 2
