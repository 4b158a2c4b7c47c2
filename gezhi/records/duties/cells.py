"""What the cells of a list of rules mean: words of a dictionary, spans, days, several units; and how
the same is written."""

import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from gezhi.ground.codes.queries import term, terms
from gezhi.ground.sheets.matching import Field
from gezhi.ground.sheets.writing import Cell
from gezhi.kernel.errors import Invalid
from gezhi.records.duties import rules, sentences
from gezhi.records.duties.models import Route

_APART = re.compile(r"[、，,;；/\n]")
_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]+\s*(\d{1,2})[:：](\d{2})")
_DAYS = re.compile(r"(\d{1,2})[-月.](\d{1,2})日?\s*[-–—~～至到]+\s*(\d{1,2})[-月.](\d{1,2})日?")
_WEEKDAYS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "日": "7", "天": "7"}


def words_of(dictionary: str) -> dict[str, list[str]]:
    """Codes of a dictionary by what a list may call them."""
    found: dict[str, list[str]] = {}
    for row in terms(dictionary):
        for word in {row.code, row.name, row.name_en} - {""}:
            found.setdefault(word, []).append(row.code)
    return found


def meant(words: Mapping[str, list[str]], word: str) -> str:
    """The one code a word means, "" for none; Invalid for what is unknown or means several."""
    if not word:
        return ""
    found = words.get(word.strip(), [])
    if len(found) == 1:
        return found[0]
    raise Invalid(
        _("有好几个叫这个名字，请填代码") if found else _("没有这一项，请照清单里的名称或代码填")
    )


def number_in(text: str) -> int:
    """A whole number; Invalid for anything else."""
    plain = text.removesuffix(".0")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 8):
        raise Invalid(_("先后写 1 到 99999 的数，小的先用"))
    return int(plain)


def choice_in(choices: type[TextChoices], text: str) -> str:
    """The value of a choice by its word or value; Invalid names what may stand here."""
    for one in choices:
        if text in (one.value, str(one.label)):
            return str(one.value)
    names = "、".join(str(one.label) for one in choices)
    raise Invalid(_("只能是：%(names)s；空着就是第一个") % {"names": names})


def span_in(text: str) -> tuple[int, int]:
    """9:00-17:00 in minutes after midnight, which is also what nothing means."""
    if not text:
        return 540, 1020
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise Invalid(_("时段写成 9:00-17:00"))
    first, opened, last, closed = map(int, found.groups())
    opens, closes = first * 60 + opened, last * 60 + closed
    if opened > 59 or closed > 59 or not opens < closes <= 24 * 60:
        raise Invalid(_("时段写成 9:00-17:00，前一个要早"))
    return opens, closes


def weekdays_in(text: str) -> str:
    """六、日 or 67 as 67."""
    days = ""
    for sign in _APART.sub("", text).replace("周", "").replace("星期", "").replace(" ", ""):
        day = _WEEKDAYS.get(sign, sign)
        if day not in "1234567":
            raise Invalid(_("星期写成 六、日 或 67"))
        days += day
    plain = "".join(sorted(set(days)))
    return "" if len(plain) == 7 else plain


def season_in(text: str) -> tuple[str, str]:
    """05-01 到 09-30 as 0501 and 0930."""
    if not text:
        return "", ""
    found = _DAYS.fullmatch(text.strip())
    if found is None:
        raise Invalid(_("季节写成 05-01 到 09-30"))
    month, day, last_month, last_day = map(int, found.groups())
    return rules.valid_season(f"{month:02}{day:02}", f"{last_month:02}{last_day:02}")


def listed(text: str) -> list[str]:
    """Several names in one cell."""
    return [name for part in _APART.split(text) if (name := part.strip())]


def titles_of(fields: Sequence[Field]) -> list[str]:
    """The headings of `cells_of`: those a rule is brought in by, the name of its class beside the
    code."""
    titles = [str(one.title) for one in fields]
    place = next(place for place, one in enumerate(fields) if one.name == "class_code")
    return [*titles[: place + 1], _("类别"), *titles[place + 1 :]]


def cells_of(row: Route) -> Sequence[Cell]:
    """A rule under the headings it is brought in by, the name of its class beside the code."""
    assists = list(row.assists.all())
    return (
        row.order,
        row.name,
        row.class_code,
        _name("matters", row.class_code),
        row.area.name,
        row.get_held_display() if row.held else "",
        row.get_hours_display() if row.hours else "",
        f"{sentences.clock_words(row.opens)}-{sentences.clock_words(row.closes)}"
        if row.hours
        else "",
        "、".join("一二三四五六日"[int(day) - 1] for day in row.weekdays),
        _("%(first)s 到 %(last)s")
        % {"first": _dashed(row.season_from), "last": _dashed(row.season_to)}
        if row.season_from
        else "",
        _name("urgency", row.urgency),
        row.lead_unit.name,
        "、".join(one.unit.name for one in assists if not one.waits),
        "、".join(one.unit.name for one in assists if one.waits),
        row.legal_basis,
        row.valid_from,
        row.valid_to,
    )


def _name(dictionary: str, code: str) -> str:
    """The word for a code, which a list is brought in by as well; the code where no pack names it."""
    found = term(dictionary, code) if code else None
    return found.name if found else code


def _dashed(day: str) -> str:
    return f"{day[:2]}-{day[2:]}"
