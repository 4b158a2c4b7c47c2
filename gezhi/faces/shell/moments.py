"""Moments and spans as people say them, on the wall clock of China.

Faces use these for every date shown; the exact moment stays one hover or tap away.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gezhi.kernel import clock

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_PAPER = ContextVar("on_paper", default=False)


@contextmanager
def on_paper() -> Iterator[None]:
    """`@on_paper()` above the view of a paper: every moment said in it carries its whole date, for
    "今天" is wrong from the day after the printing."""
    before = _PAPER.set(True)
    try:
        yield
    finally:
        _PAPER.reset(before)


def spoken(moment: datetime) -> str:
    """The moment in people's words: "今天 15:20", "11 月 25 日 17:00", "2025 年 3 月 2 日 17:00".

    Refuses a naive moment (ValueError): its wall clock would be a guess.
    """
    there = _aware(moment)
    return _said(there.date(), f"{there:%H:%M}")


def until(moment: datetime) -> str:
    """A time limit in people's words: one that ends at midnight ends with the day, "今天 24:00".

    Refuses a naive moment (ValueError).
    """
    return _said(*_end(moment))


def dated_until(moment: datetime) -> str:
    """A time limit in words that are read on another day, too: never "今天", "12 月 1 日 24:00".

    Refuses a naive moment (ValueError).
    """
    day, at = _end(moment)
    return _dated(day, at)


def paper_until(moment: datetime) -> tuple[str, str]:
    """Day and clock of a time limit as a paper states them: "2026-12-01", "24:00"."""
    day, at = _end(moment)
    return day.isoformat(), at


def _end(moment: datetime) -> tuple[date, str]:
    there = _aware(moment)
    if (there.hour, there.minute) == (0, 0):
        return there.date() - timedelta(days=1), "24:00"
    return there.date(), f"{there:%H:%M}"


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("only an aware moment can be said in words")
    return clock.local(moment)


def _said(day: date, at: str) -> str:
    if _PAPER.get():
        return f"{day.isoformat()} {at}"
    days = (day - clock.today()).days
    words = {"clock": at}
    if days == 0:
        return _("今天 %(clock)s") % words
    if days == -1:
        return _("昨天 %(clock)s") % words
    if days == 1:
        return _("明天 %(clock)s") % words
    return _dated(day, at)


def _dated(day: date, at: str) -> str:
    words = {"clock": at, "year": day.year, "month": day.month, "day": day.day}
    if day.year == clock.today().year:
        return _("%(month)s 月 %(day)s 日 %(clock)s") % words
    return _("%(year)s 年 %(month)s 月 %(day)s 日 %(clock)s") % words


def exact(moment: datetime) -> str:
    """The moment to the second with its weekday: "2026-11-21 15:20:33 星期六"."""
    there = clock.local(moment)
    return f"{there:%Y-%m-%d %H:%M:%S} {_(WEEKDAYS[there.weekday()])}"


def span(length: timedelta) -> str:
    """A length of time in its two largest units: "2 天 3 小时", "3 小时", "25 分钟".

    From three hours on minutes are left out, from three days on hours: nobody acts on them. The
    sign is dropped; less than a minute is said as such. A faces' caller who counts in working time
    passes the working length here.
    """
    minutes = int(abs(length).total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = []
    if days:
        parts.append(ngettext("%(number)s 天", "%(number)s 天", days) % {"number": days})
    if hours and days < 3:
        parts.append(ngettext("%(number)s 小时", "%(number)s 小时", hours) % {"number": hours})
    if minutes and not days and hours < 3:
        parts.append(ngettext("%(number)s 分钟", "%(number)s 分钟", minutes) % {"number": minutes})
    return " ".join(parts) or _("不到 1 分钟")


def whole_minutes(seconds: int) -> int:
    """In how many minutes to come again, for whoever has to wait so many seconds: never too few."""
    return -(-seconds // 60)


def remaining(due: datetime) -> str:
    """How long until `due` by the calendar: "还剩 3 小时", or "已超 2 小时" once it has passed."""
    left = due - clock.now()
    if left < timedelta(0):
        return _("已超 %(span)s") % {"span": span(left)}
    return _("还剩 %(span)s") % {"span": span(left)}


def light_of(due: datetime, soon: timedelta) -> str:
    """The color of a due time: "red" once passed, "yellow" within `soon`, else "none"."""
    left = due - clock.now()
    if left < timedelta(0):
        return "red"
    return "yellow" if left <= soon else "none"
