"""Days and spans of duty as people say them."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.records.posts.patterns import DayKind, kind_of
from gezhi.records.posts.rota_words import WEEKDAYS


def day_words(day: date) -> str:
    """今天 周一, 明天 周二, 11 月 25 日 周三."""
    weekday = str(WEEKDAYS[day.weekday()])
    away = (day - clock.today()).days
    if away == 0:
        return _("今天 %(weekday)s") % {"weekday": weekday}
    if away == 1:
        return _("明天 %(weekday)s") % {"weekday": weekday}
    said = {"month": day.month, "day": day.day, "weekday": weekday}
    return _("%(month)s 月 %(day)s 日 %(weekday)s") % said


def span_words(from_at: datetime, to_at: datetime) -> str:
    """17:00–次日 09:00; with the day where it ends later still."""
    # A line breaks before 次日, never within it.
    return _span(clock.local(from_at), clock.local(to_at)).replace(" ", "\u00a0")


def _span(start: datetime, end: datetime) -> str:
    days = (end.date() - start.date()).days
    if days == 1 and (end.hour, end.minute) == (0, 0):
        return f"{start:%H:%M}–24:00"
    if days == 0:
        return f"{start:%H:%M}–{end:%H:%M}"
    if days == 1:
        return f"{start:%H:%M}–" + _("次日 %(clock)s") % {"clock": f"{end:%H:%M}"}
    said = {"month": end.month, "day": end.day, "clock": f"{end:%H:%M}"}
    return f"{start:%H:%M}–" + _("%(month)s 月 %(day)s 日 %(clock)s") % said


def shift_words(from_at: datetime, to_at: datetime) -> str:
    """The whole of a shift: 今天 周一 17:00–次日 09:00."""
    return f"{day_words(clock.local(from_at).date())} {span_words(from_at, to_at)}"


def day_mark(day: date) -> str:
    """休 on a day off, 班 on a make-up day; "" on plain days and weekends."""
    kind = kind_of(day, codes.calendar())
    if kind is DayKind.HOLIDAY:
        return _("休")
    if kind is DayKind.WORKDAY and day.weekday() >= 5:
        return _("班")
    return ""


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
