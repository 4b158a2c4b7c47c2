"""The figures the rules are tuned by, as a sentence a clerk understands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes.queries import TermRow

# What the packs call in a word nobody uses.
_NAMES = {"yellow_share": gettext_lazy("什么时候亮黄灯")}
_UNITS = {
    "calendar_days": gettext_lazy("%(number)s 天"),
    "minutes": gettext_lazy("%(number)s 分钟"),
    "hours": gettext_lazy("%(number)s 小时"),
    "times": gettext_lazy("%(number)s 次"),
    "rows": gettext_lazy("%(number)s 行"),
    "weeks": gettext_lazy("%(number)s 周"),
    "months": gettext_lazy("%(number)s 个月"),
    "hour_of_day": gettext_lazy("%(number)s 点"),
    "limits": gettext_lazy("原时限的 %(number)s 倍"),
}
# What a share of the limit does, where that is a whole sentence.
_SAID = {
    "yellow_share": gettext_lazy("时限剩下%(share)s时亮黄灯"),
    "urge_before_share": gettext_lazy("时限剩下%(share)s时催一次"),
}
_SHARES = {
    0.2: gettext_lazy("五分之一"),
    0.25: gettext_lazy("四分之一"),
    0.5: gettext_lazy("一半"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with its name, what it is now, and what it does."""

    name: str
    words: str
    note: str


def figure_line(row: TermRow) -> FigureLine:
    """A figure's row in words; what is a whole sentence needs no note."""
    unit = str(row.data.get("unit", ""))
    says_all = row.code == "yellow_share" and unit == "share"
    note = "" if says_all else str(row.data.get("note", ""))
    words = figure_words(row.code, row.data)
    return FigureLine(figure_name(row.code, row.label), words, note)


def figure_name(code: str, label: str) -> str:
    """What a figure is called."""
    return str(_NAMES.get(code, label))


def figure_words(code: str, data: Mapping[str, Any]) -> str:
    """What a figure is: "14 天", "时限剩下四分之一时亮黄灯", "时限的四分之一"; "—" for nothing."""
    value, unit = str(data.get("value", "") or ""), str(data.get("unit", ""))
    if not value:
        return "—"
    if unit == "share":
        share = float(value)
        said = _SHARES.get(share) or _("%(number)s%%") % {"number": f"{share * 100:g}"}
        return str(_SAID.get(code, _("时限的%(share)s"))) % {"share": said}
    return str(_UNITS[unit]) % {"number": value} if unit in _UNITS else value
