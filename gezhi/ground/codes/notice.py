"""A year's notice in its own words, read into arrangements and written again; pure.

The State Council's notice says "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"
Whoever keeps the calendar pastes it as it is.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from gezhi.ground.codes.holidays import DAY, Arrangement, spoken
from gezhi.kernel.errors import Invalid

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SAID = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_NAMED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|\d+[.、．])?\s*([^：:，。\d][^：:，。]{0,29})[：:](.+)$"
)
_TOTAL = re.compile(r"共\s*(\d{1,2})\s*天")


def read_notice(text: str, year: int) -> list[Arrangement]:
    """The arrangements a text tells, one festival a line, in the notice's words or as dates.

    Refuses (Invalid, `text`, naming the line) a line without a festival's name or without dates,
    a date that is none, a number of days ("共3天") that does not fit the dates.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(_read_line(line, year))
            except Invalid as refusal:
                raise Invalid(
                    _("第 %(number)s 行：%(words)s") % {"number": number, "words": refusal.message},
                    field="text",
                ) from refusal
    return found


def _read_line(line: str, year: int) -> Arrangement:
    known = _NAMED.match(line)
    if known is None:
        raise Invalid(_("要先写节日，再写冒号，如“元旦：1月1日至3日放假。1月4日上班。”"))
    name, rest = known[1].strip(), known[2]
    total = _TOTAL.search(rest)
    plain = _BRACKETS.sub("", _ISO.sub(r"\1年\2月\3日", rest))
    off_words, worked_words = _halves(plain)
    off = _dates(off_words, year)
    worked = _dates(worked_words, year)
    if not off and not worked:
        raise Invalid(_("没有读到日期，日期写成“1月1日”或“2027-01-01”"))
    if off and not ("至" in off_words or "到" in off_words or "—" in off_words) and len(off) > 1:
        raise Invalid(_("放假写成“从哪天至哪天”，中间用“至”"))
    if len(off) > 2:
        raise Invalid(_("一行只写一段放假；两段请写成两行"))
    arrangement = Arrangement(
        name, off[0] if off else None, off[-1] if off else None, tuple(sorted(worked))
    )
    if "与周末连休" in plain and len(off) == 1:
        arrangement = _with_weekend(arrangement)
    if total and off and len(arrangement.days) != int(total[1]):
        raise Invalid(
            _("写着共 %(said)s 天，从日期算是 %(counted)s 天，请核对")
            % {"said": total[1], "counted": len(arrangement.days)}
        )
    return arrangement


def _halves(text: str) -> tuple[str, str]:
    """What is off and what is worked: sentences with 上班 are worked, all others are off."""
    off: list[str] = []
    worked: list[str] = []
    for sentence in re.split(r"[。；;]", text):
        (worked if "上班" in sentence else off).append(sentence)
    return "。".join(off), "。".join(worked)


def _dates(text: str, year: int) -> list[date]:
    """The dates in order; a year or month not said is the one before it."""
    found: list[date] = []
    now_year, month = year, 0
    for said_year, said_month, said_day in _SAID.findall(text):
        now_year = int(said_year) if said_year else now_year
        if said_month:
            # "12月31日至1月2日": the year turns within a line.
            if not said_year and found and int(said_month) < month - 6:
                now_year += 1
            month = int(said_month)
        if not month:
            raise Invalid(_("“%(day)s日”前面要写几月") % {"day": said_day})
        try:
            found.append(date(now_year, month, int(said_day)))
        except ValueError as error:
            raise Invalid(
                _("没有 %(month)s月%(day)s日 这一天") % {"month": month, "day": said_day}
            ) from error
    return found


def _with_weekend(one: Arrangement) -> Arrangement:
    first, last = one.off_from, one.off_to
    while first is not None and (first - DAY).weekday() >= 5:
        first -= DAY
    while last is not None and (last + DAY).weekday() >= 5:
        last += DAY
    return replace(one, off_from=first, off_to=last)


def notice_text(arrangements: Iterable[Arrangement]) -> str:
    """The arrangements as `read_notice` reads them, a line each, with the days of the week."""
    return "\n".join(_line(one) for one in arrangements)


def _line(one: Arrangement) -> str:
    words = f"{one.name}："
    if one.off_from and one.off_to:
        words += spoken(one.off_from)
        if one.off_to != one.off_from:
            words += f"至{spoken(one.off_to)}"
        words += f"放假，共{len(one.days)}天。"
    if one.worked:
        words += "、".join(spoken(day) for day in one.worked) + "上班。"
    return words
