"""值班 in words, for every face: days and spans of duty, the viewer's own shifts and swaps."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts import swap_queries as swaps
from gezhi.records.posts.patterns import DayKind, kind_of
from gezhi.records.posts.rota_queries import ShiftLine
from gezhi.records.posts.rota_words import WEEKDAYS
from gezhi.records.posts.swap_queries import SwapLine


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


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One of the viewer's shifts: when in words, whether it runs now or may be swapped."""

    shift: ShiftLine
    words: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class ShownSwap:
    """A swap in words, with what the viewer can do to it."""

    swap: SwapLine
    gives: str
    gets: str
    may_answer: bool
    may_withdraw: bool
    is_own: bool


def own_shifts(viewer: Viewer, *, days: int = 42) -> list[OwnShift]:
    """The viewer's shifts that run or come."""
    now = clock.now()
    return [
        OwnShift(line, shift_words(line.from_at, line.to_at), line.runs_at(now))
        for line in queries.own_shifts(viewer, days=days)
    ]


def own_swaps(viewer: Viewer) -> list[ShownSwap]:
    """Swaps that wait for the viewer or for another, and those just settled."""
    found = []
    for swap in swaps.own_swaps(viewer):
        waits = swap.state == "asked"
        gets = ""
        if swap.other_from_at is not None and swap.other_to_at is not None:
            gets = shift_words(swap.other_from_at, swap.other_to_at)
        found.append(
            ShownSwap(
                swap=swap,
                gives=shift_words(swap.from_at, swap.to_at),
                gets=gets,
                may_answer=waits and swap.asked_of_id == viewer.user_id,
                may_withdraw=waits and swap.asked_by_id == viewer.user_id,
                is_own=swap.asked_by_id == viewer.user_id,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class DutyLine:
    """The viewer's duty in a line: called now, on duty now, or when next in words."""

    is_called: bool
    is_now: bool
    words: str


def duty_line(viewer: Viewer) -> DutyLine:
    """What of the viewer's duty cannot wait, for a first page; one query."""
    found = queries.next_duty(viewer)
    if found.from_at is None or found.to_at is None:
        return DutyLine(found.is_called, False, "")
    words = shift_words(found.from_at, found.to_at)
    return DutyLine(found.is_called, found.from_at <= clock.now(), words)
