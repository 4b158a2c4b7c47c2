"""A limit or a figure as somebody typed it, made into what a pack holds; pure."""

from dataclasses import replace

from django.utils.translation import gettext as _

from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel.errors import Invalid
from gezhi.kernel.workdays import Limit, LimitUnit

# A stage that may take over a year is a slip of the pen.
_MOST = {
    LimitUnit.URGENT_HOURS: 24 * 366,
    LimitUnit.WORKING_HOURS: 24 * 366,
    LimitUnit.WORKING_DAYS: 366,
    LimitUnit.CALENDAR_DAYS: 366,
}
_WHOLE = frozenset({"calendar_days", "times", "rows", "weeks", "months", "hour_of_day"})
_MOST_OF_A_FIGURE = {
    "calendar_days": 3650.0,
    "hours": 24.0 * 366,
    "minutes": 1440.0,
    "times": 100.0,
    "weeks": 520.0,
    "months": 120.0,
    "hour_of_day": 23.0,
    # A file of so many rows takes some ten seconds, as long as anybody waits.
    "rows": 20_000.0,
}


def valid_limit(value: str, unit: str) -> Limit:
    """The limit; Invalid (`value` or `unit`) for what is none: no number, nothing or less, parts
    of a day, more than a year."""
    if unit not in set(LimitUnit):
        raise Invalid(_("请选择时限的单位"), field="unit")
    number = _number(value)
    known = LimitUnit(unit)
    if not 0 < number <= _MOST[known]:
        raise Invalid(_("时限要大于 0，不超过一年"), field="value")
    try:
        return Limit(number, known)
    except ValueError as error:
        raise Invalid(_("工作日和自然日要写整数；半天请用工作时"), field="value") from error


def limit_row(row: RowOfTerm, limit: Limit, *, keys: tuple[str, str]) -> RowOfTerm:
    """The row with this limit under the two names its dictionary uses; what waits to be checked
    against the local papers (`verify`) has been, by whoever sets it."""
    value, unit = keys
    data = {**row.data, value: f"{limit.value:g}", unit: limit.unit.value}
    if data.get("verify"):
        left = [word for word in str(data["verify"]).split() if word != "limit"]
        data["verify"] = " ".join(left)
    return replace(row, data=data)


def figure_row(row: RowOfTerm, value: str) -> RowOfTerm:
    """The row of a figure with this value; Invalid (`value`) for what its unit cannot be."""
    number, unit = _number(value), str(row.data.get("unit", ""))
    if unit == "share":
        if not 0 < number < 1:
            raise Invalid(_("这是一个比例，写 0 和 1 之间的数，如 0.25"), field="value")
    elif unit == "hour_of_day":
        if not 0 <= number <= _MOST_OF_A_FIGURE[unit]:
            raise Invalid(_("这是几点，写 0 到 23 的整数"), field="value")
    elif not 0 < number <= _MOST_OF_A_FIGURE.get(unit, 10**6):
        raise Invalid(_("这个数太小或太大"), field="value")
    if unit in _WHOLE and number != int(number):
        raise Invalid(_("请写整数"), field="value")
    return replace(row, data={**row.data, "value": f"{number:g}", "verify": ""})


def _number(text: str) -> float:
    plain = text.strip()
    # Two places are what people write; "1e3", "inf" and "nan" are not.
    whole, _point, parts = plain.partition(".")
    if not (whole.isascii() and whole.isdigit()) or not (
        parts == "" or (parts.isascii() and parts.isdigit() and len(parts) <= 2)
    ):
        raise Invalid(_("请写数字，如 2 或 0.5"), field="value")
    if len(whole) > 6:
        raise Invalid(_("这个数太大"), field="value")
    return float(plain)
