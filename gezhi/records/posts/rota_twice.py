"""Somebody on duty twice at a time, on two rotas: found before it is kept.

Some offices mean it so; it is never arranged without a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.records.posts.models import Rota, Shift
from gezhi.records.posts.rota_words import clock_words

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Double:
    """One shift and the one of another rota that the same person has at the same time."""

    user_name: str
    from_at: datetime
    to_at: datetime
    other_rota: str
    other_from_at: datetime
    other_to_at: datetime

    @property
    def words(self) -> str:
        """何琳 12月1日 20:00–23:00，已在“夜间值班”值 17:00–次日 09:00."""
        day = clock.local(self.from_at)
        other = clock.local(self.other_from_at)
        there = _span(self.other_from_at, self.other_to_at)
        if other.date() != day.date():
            there = f"{_day(other)} {there}"
        return _("%(name)s %(day)s %(here)s，已在“%(rota)s”值 %(there)s") % {
            "name": self.user_name,
            "day": _day(day),
            "here": _span(self.from_at, self.to_at),
            "rota": self.other_rota,
            "there": there,
        }


class OnDutyTwice(Invalid):
    """Somebody would be on duty twice at a time; `doubles` say who and when, the message does not."""

    def __init__(self, doubles: Sequence[Double]) -> None:
        super().__init__(
            _("有人要同时值两个班：请改人或改钟点；确实这样安排，就勾上再交一次"), field="doubled"
        )
        self.doubles = doubles


def doubles_of(
    rota: Rota, from_at: datetime | None = None, to_at: datetime | None = None
) -> list[Double]:
    """The coming shifts of a rota, or of a span of it, whose people are on duty elsewhere then."""
    rows = rota.shifts.filter(to_at__gt=from_at or clock.now(), user__isnull=False)
    if to_at is not None:
        rows = rows.filter(from_at__lt=to_at)
    own = list(rows.select_related("user").order_by("from_at"))
    if not own:
        return []
    people = {row.user_id for row in own}
    others: dict[int | None, list[Shift]] = {}
    elsewhere = Shift.objects.filter(user__in=people, to_at__gt=own[0].from_at)
    for row in elsewhere.exclude(rota=rota).select_related("rota").order_by("from_at"):
        others.setdefault(row.user_id, []).append(row)
    return [
        _double(row.user.name if row.user else "", row.from_at, row.to_at, other)
        for row in own
        for other in others.get(row.user_id, ())
        if other.from_at < row.to_at and row.from_at < other.to_at
    ]


def doubles_in(rota: Rota, user_id: int, from_at: datetime, to_at: datetime) -> list[Double]:
    """What somebody has elsewhere in a span they are to be put on duty for on this rota."""
    rows = Shift.objects.filter(user=user_id, from_at__lt=to_at, to_at__gt=from_at)
    rows = rows.exclude(rota=rota).select_related("rota", "user").order_by("from_at")
    return [_double(row.user.name if row.user else "", from_at, to_at, row) for row in rows]


def _double(name: str, from_at: datetime, to_at: datetime, other: Shift) -> Double:
    return Double(name, from_at, to_at, other.rota.name, other.from_at, other.to_at)


def _span(from_at: datetime, to_at: datetime) -> str:
    start, end = clock.local(from_at), clock.local(to_at)
    over = (end.date() - start.date()).days * _DAY
    return "–".join(
        clock_words(minute)
        for minute in (start.hour * 60 + start.minute, over + end.hour * 60 + end.minute)
    )


def _day(moment: datetime) -> str:
    return _("%(month)d月%(day)d日") % {"month": moment.month, "day": moment.day}
