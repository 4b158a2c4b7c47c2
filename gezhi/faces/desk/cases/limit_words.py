"""A limit of the packs as it is spoken."""

from django.utils.translation import gettext_lazy

from gezhi.kernel.workdays import Limit, LimitUnit

UNITS = {
    LimitUnit.URGENT_HOURS: gettext_lazy("%(number)s 小时（昼夜连续计时）"),
    LimitUnit.WORKING_HOURS: gettext_lazy("%(number)s 个工作时"),
    LimitUnit.WORKING_DAYS: gettext_lazy("%(number)s 个工作日"),
    LimitUnit.CALENDAR_DAYS: gettext_lazy("%(number)s 天"),
}
MINUTES = {
    LimitUnit.URGENT_HOURS: gettext_lazy("%(number)s 分钟（昼夜连续计时）"),
    LimitUnit.WORKING_HOURS: gettext_lazy("%(number)s 分钟（工作时）"),
}


def limit_words(limit: Limit) -> str:
    """A limit as it is spoken: "4 个工作时", "30 分钟（工作时）"."""
    minutes = minutes_below_an_hour(limit.value)
    if minutes and limit.unit in MINUTES:
        return str(MINUTES[limit.unit]) % {"number": minutes}
    return str(UNITS[limit.unit]) % {"number": f"{limit.value:g}"}


def minutes_below_an_hour(hours: float) -> str:
    """ "15" for a quarter of an hour; "" from one hour on, which is told in hours."""
    return f"{hours * 60:g}" if hours < 1 else ""
