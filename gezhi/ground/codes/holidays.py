"""A year's days off and make-up days: what is nonsense, one day changed, rows of the pack; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel import words
from gezhi.kernel.errors import Invalid

YEAR, ARRANGEMENT = "calendar_year", "calendar_arrangement"
FIRST_YEAR, LAST_YEAR = 2010, 2099
LONGEST_HOLIDAY = 15
DAY = timedelta(days=1)
_WEEK = "一二三四五六日"


class DayKind(StrEnum):
    """What a single day is made: off, worked (调休), or as its weekday is."""

    OFF = "off"
    WORKED = "worked"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One festival: days off from and to, both counted (or none), and make-up working days."""

    name: str
    off_from: date | None
    off_to: date | None
    worked: tuple[date, ...] = ()

    @property
    def days(self) -> list[date]:
        """The days off."""
        if self.off_from is None or self.off_to is None:
            return []
        count = (self.off_to - self.off_from).days + 1
        return [self.off_from + DAY * number for number in range(count)]


def spoken(day: date) -> str:
    """The day as it is said: "2027年2月6日（周六）"."""
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEK[day.weekday()]}）"


def validate_year(arrangements: Sequence[Arrangement], year: int) -> None:
    """Refuse (Invalid, `text`) what no notice of this year can mean: days of other years, a holiday
    that ends before it begins or lasts over 15 days, a make-up day on a weekday, a day both off and
    worked, a day in two festivals."""
    off: dict[date, str] = {}
    for one in arrangements:
        _check_span(one, year)
        for day in one.days:
            if day in off:
                raise _nonsense(
                    _("%(day)s 在“%(one)s”和“%(other)s”里都放假"),
                    day, one=off[day], other=one.name,
                )  # fmt: skip
            off[day] = one.name
    for one in arrangements:
        for day in one.worked:
            if day.weekday() < 5:
                raise _nonsense(_("%(day)s 是工作日，本来就上班，不用写调休"), day)
            if day in off:
                raise _nonsense(_("%(day)s 又放假又上班"), day)


def _check_span(one: Arrangement, year: int) -> None:
    first, last = one.off_from, one.off_to
    if first and last and last < first:
        raise _nonsense(_("“%(name)s”的放假结束在开始之前"), last, name=one.name)
    if len(one.days) > LONGEST_HOLIDAY:
        raise _nonsense(
            _("“%(name)s”放了 %(count)s 天，最多 15 天，请核对"),
            first, name=one.name, count=len(one.days),
        )  # fmt: skip
    earliest, latest = date(year - 1, 12, 20), date(year + 1, 1, 10)
    for day in (*one.days, *one.worked):
        if not earliest <= day <= latest:
            raise _nonsense(_("%(day)s 不在 %(year)s 年的安排里，请核对年份"), day, year=year)


def _nonsense(sentence: str, day: date | None, **more: object) -> Invalid:
    return Invalid(sentence % {"day": spoken(day) if day else "", **more}, field="text")


def with_day(
    arrangements: Sequence[Arrangement], day: date, kind: DayKind, name: str
) -> list[Arrangement]:
    """The arrangements with one day off, worked or plain; festivals round it are cut in two.

    A day off and a make-up day need the name of what they are for (Invalid, `name`); working on a
    weekday is plain.
    """
    found: list[Arrangement] = []
    for one in arrangements:
        found.extend(_without(one, day))
    wanted = DayKind.PLAIN if kind is DayKind.WORKED and day.weekday() < 5 else kind
    if wanted is DayKind.PLAIN:
        return found
    plain = words.line(name, field="name")
    if not plain or len(plain) > 30:
        raise Invalid(_("请写这一天为什么放假或上班，不超过 30 个字"), field="name")
    if wanted is DayKind.OFF:
        found.append(Arrangement(plain, day, day))
    else:
        found.append(Arrangement(plain, None, None, (day,)))
    return sorted(found, key=lambda one: one.off_from or min(one.worked))


def _without(one: Arrangement, day: date) -> list[Arrangement]:
    worked = tuple(other for other in one.worked if other != day)
    first, last = one.off_from, one.off_to
    if first is None or last is None or not first <= day <= last:
        parts = [replace(one, worked=worked)]
    else:
        parts = [
            replace(one, off_from=since, off_to=to, worked=())
            for since, to in ((first, day - DAY), (day + DAY, last))
            if since <= to
        ]
        if worked:
            head = parts[0] if parts else Arrangement(one.name, None, None)
            parts = [replace(head, worked=worked), *parts[1:]]
    return [part for part in parts if part.days or part.worked]


def arrangements_of(rows: Iterable[RowOfTerm], year: int) -> list[Arrangement]:
    """The arrangements of a year as the pack's rows say them, in the order of their days."""
    found = [
        Arrangement(
            row.name,
            _day_of(row.data.get("off_from")),
            _day_of(row.data.get("off_to")),
            tuple(date.fromisoformat(day) for day in str(row.data.get("worked", "")).split()),
        )
        for row in rows
        if row.dictionary == ARRANGEMENT and row.parent_code == str(year)
    ]
    return sorted(found, key=lambda one: one.off_from or min(one.worked, default=date.max))


def _day_of(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def year_rows(
    rows: Sequence[RowOfTerm],
    year: int,
    arrangements: Sequence[Arrangement],
    *,
    announced: bool,
    notice: str,
    published: str,
) -> tuple[list[RowOfTerm], list[tuple[str, str]]]:
    """The rows that make the year what is given, and the keys of those that are no more.

    A festival that keeps its name keeps its code.
    """
    old = [row for row in rows if row.dictionary == ARRANGEMENT and row.parent_code == str(year)]
    of_year = {row.code: row for row in rows if row.dictionary == YEAR}
    head = of_year.get(str(year)) or RowOfTerm(
        YEAR, str(year), f"{year}年部分节假日安排", f"Holiday arrangement for {year}", order=year
    )
    data = {"changed_by": "", "note": "", **head.data}
    data |= {"announced": "yes" if announced else "no", "notice": notice, "published": published}
    if announced:
        data["note"] = ""
    found = [replace(head, data=data)]
    free = {row.name: row for row in reversed(old)}
    taken: set[str] = set()
    for place, one in enumerate(arrangements, start=1):
        known = free.pop(one.name, None)
        code = known.code if known else _new_code(year, place, {row.code for row in old} | taken)
        taken.add(code)
        found.append(
            RowOfTerm(
                ARRANGEMENT, code, one.name, known.name_en if known else "", str(year),
                known.order if known else year * 100 + place,
                {
                    "off_from": one.off_from.isoformat() if one.off_from else "",
                    "off_to": one.off_to.isoformat() if one.off_to else "",
                    "worked": " ".join(day.isoformat() for day in one.worked),
                },
            )
        )  # fmt: skip
    return found, [(ARRANGEMENT, row.code) for row in old if row.code not in taken]


def _new_code(year: int, place: int, taken: set[str]) -> str:
    while f"{year}-{place}" in taken:
        place += 1
    return f"{year}-{place}"
