"""What a cell of a city's sheet says: moments, phones, numbers, yes and no, however they were written.

Pure. A spreadsheet that has lost digits (1.38E+10) is told so; nothing is guessed in their place.
Every refusal (Invalid) says what to do; the caller says at which cell it stands.
"""

import re
import unicodedata
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gezhi.kernel import clock, phones
from gezhi.kernel.errors import Invalid

# Excel counts days from here (its year 1900 has a day too many); these are years 2009 to 2064.
_DAY_NOUGHT = datetime(1899, 12, 30, tzinfo=clock.SHANGHAI)
_SERIALS = (40_000.0, 60_000.0)
_YEARS = range(2000, 2100)
_ROUNDED = re.compile(r"[+-]?(\d)(?:[.](\d+))?[eE]\+?(\d{1,2})")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(上午|下午|AM|PM)?[ ]*(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::?(\d{1,2})(?:[.]\d+)?秒?)?)?"
    r"(?:Z|[+]08:?00)?",
    re.IGNORECASE,
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "空", "null", "none", "nan"})
_NO = frozenset(
    {"否", "不", "不保密", "公开", "不需要", "不需保密", "非保密", "n", "no", "0", "false", "×"}
)


def plain(text: str) -> str:
    """The cell with full-width digits and signs as people type them; "" for a stroke that says
    there is nothing."""
    said = unicodedata.normalize("NFKC", text).strip().lstrip("'‘’`").strip()
    return "" if said.casefold() in _NOTHING else said


def moment(text: str) -> datetime | None:
    """The moment a cell says on the wall clock of China: as text, as a spreadsheet's serial number,
    or in one run of digits. A day without a time ends at its midnight: nobody is late on the day.

    Refuses (Invalid) what is no moment, a day without a year, and a year no order is of.
    """
    said = plain(text)
    if not said:
        return None
    wall = _serial(said) or _written(said)
    if wall is None:
        raise Invalid(_("看不懂这个时间，请写成 2026-11-30 17:30"))
    if wall.year not in _YEARS:
        # 1900 and 9999 are what a system writes that has none.
        raise Invalid(_("年份不对（%(year)d 年）：照原系统改好；没有就留空") % {"year": wall.year})
    return wall


def moment_read(text: str) -> str:
    """A moment as people read it, whatever the sheet has; what is none stays as it is."""
    try:
        found = moment(text)
    except Invalid:
        return text
    if found is None:
        return text
    # A day without a time ends at its midnight.
    is_day = found == _end_of(found)
    return f"{found:%Y-%m-%d}" if is_day else f"{found:%Y-%m-%d %H:%M}"


def is_moment(text: str) -> bool:
    """Whether a cell could be a moment; for columns without a heading."""
    try:
        return moment(text) is not None
    except Invalid:
        return False


def _serial(said: str) -> datetime | None:
    try:
        days = float(said)
    except ValueError:
        return None
    if not _SERIALS[0] <= days <= _SERIALS[1]:
        return None
    found = _DAY_NOUGHT + timedelta(seconds=round(days * 86_400))
    return found if days % 1 else _end_of(found)


def _written(said: str) -> datetime | None:
    try:
        if found := _PACKED.fullmatch(said):
            return _made([found[n] for n in range(1, 7)], half="")
        if found := _MOMENT.fullmatch(said):
            return _made([found[n] for n in (1, 2, 3, 5, 6, 7)], half=(found[4] or "").upper())
    except ValueError:
        return None
    return None


def _made(parts: list[str | None], *, half: str) -> datetime:
    year, month, day = (int(part or 0) for part in parts[:3])
    if parts[3] is None:
        return _end_of(datetime(year, month, day, tzinfo=clock.SHANGHAI))
    hour, minute, second = (int(part or 0) for part in parts[3:])
    if half in ("下午", "PM") and hour < 12:
        hour += 12
    if half in ("上午", "AM") and hour == 12:
        hour = 0
    if hour == 24 and not minute:
        return _end_of(datetime(year, month, day, tzinfo=clock.SHANGHAI))
    return datetime(year, month, day, hour, minute, second, tzinfo=clock.SHANGHAI)


def _end_of(day: datetime) -> datetime:
    return day.replace(hour=23, minute=59, second=59)


def digits_lost(text: str) -> bool:
    """Whether a spreadsheet has rounded a long number, so that its digits cannot be had back."""
    found = _ROUNDED.fullmatch(plain(text))
    return found is not None and len(found[2] or "") < int(found[3])


def number(text: str) -> str:
    """An order's number as they write it: leading zeros stay, the apostrophe before them and the
    ".0" of a number behind them go.

    Refuses (Invalid) one whose digits a spreadsheet has lost.
    """
    said = "".join(plain(text).split())
    if digits_lost(said):
        raise Invalid(
            _(
                "编号被 Excel 变成了 %(shown)s，后面的数字已经丢了：请从原系统重新导出，这一列设成“文本”"
            )
            % {"shown": said}
        )
    if found := _ROUNDED.fullmatch(said):
        said = _whole(found)
    return said.removesuffix(".0") if said.removesuffix(".0").isdigit() else said


def phone(text: str) -> str:
    """A reporter's telephone in its one form; "" for none; stars of a masked one stay.

    Refuses (Invalid) one whose digits a spreadsheet has lost, and what is no number.
    """
    said = plain(text)
    if digits_lost(said):
        raise Invalid(
            _("电话被 Excel 变成了 %(shown)s，后面的数字已经丢了：请照原系统补上，这一列设成“文本”")
            % {"shown": said}
        )
    if found := _ROUNDED.fullmatch(said):
        said = _whole(found)
    said = said.removesuffix(".0")
    # Several numbers in one cell: the first is rung.
    first = re.split(r"[,;、/ ]+", said)[0] if said else ""
    for candidate in (said, first):
        written = phones.normalized(candidate)
        if phones.is_valid(written):
            return written
    if "*" in said or not said:
        return ""
    raise Invalid(_("电话不对：请填 11 位手机号，或带区号的座机；没有就留空"))


def _whole(found: re.Match[str]) -> str:
    """A number in powers of ten that has all its digits."""
    return found[1] + (found[2] or "").ljust(int(found[3]), "0")[: int(found[3])]


def is_yes(text: str) -> bool:
    """Whether a cell says yes: 是、保密、1、√. What says neither yes nor no counts as yes, since it
    is asked whether to keep something confidential."""
    said = plain(text).casefold()
    return bool(said) and said not in _NO


def degrees(text: str, most: float) -> float | None:
    """A longitude or latitude; None for none and for 0, which a system writes that has none.

    Refuses (Invalid) what is no number in reach.
    """
    said = plain(text)
    if not said:
        return None
    try:
        found = float(said)
    except ValueError:
        found = most + 1
    if abs(found) > most:
        raise Invalid(_("坐标不对：请写成小数，例如 104.0817；没有就留空"))
    return found or None


def words(text: str) -> str:
    """What people wrote, as they wrote it; "" for a stroke."""
    return text.strip() if plain(text) else ""
