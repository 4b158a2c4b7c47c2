"""挂账: what the deeds that ask for it, grant it, look at it again and end it have in common."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, workdays
from gezhi.kernel.errors import Invalid
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import pausing
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.models import Case, Hang
from gezhi.work.cases.rules import Mark, State

if TYPE_CHECKING:
    from gezhi.work.cases.doing import Doing

_LATEST = date(2199, 12, 31)


def asked(case: Case) -> Hang | None:
    """The request that waits to be decided."""
    return Hang.objects.filter(case=case, decided_at=None, ended_at=None).first()


def hung(case: Case) -> Hang | None:
    """The hang that lasts."""
    return Hang.objects.filter(case=case, granted=True, ended_at=None).first()


def review_at(day: date, centre: Unit) -> datetime:
    """The moment by which a case is looked at again on this day: when the centre closes.

    Refuses (Invalid, `review_on`) a day that is past, none of work, or further off than the pack
    lets a case hang.
    """
    today, most = clock.today(), int(codes.figure("hang_most_days"))
    if not today <= day <= _LATEST:
        raise Invalid(_("复核日已经过去了，请选今天以后的一天"), field="review_on")
    if day > today + timedelta(days=most):
        latest = today + timedelta(days=most)
        raise Invalid(
            _(
                "一次最多挂 %(most)d 天，复核日最晚 %(month)d 月 %(day)d 日；到时候还办不了，可以再延后"
            )
            % {"most": most, "month": latest.month, "day": latest.day},
            field="review_on",
        )
    if not codes.calendar().is_working(day):
        after = _next_working(day)
        raise Invalid(
            _("那天休息，没有人复核；请选工作日，比如 %(month)d 月 %(day)d 日")
            % {"month": after.month, "day": after.day},
            field="review_on",
        )
    moment = workdays.close_of(day, units.hours_of(centre))
    if moment <= clock.now():
        raise Invalid(_("今天已经下班，请选下一个工作日以后的一天"), field="review_on")
    return moment


def _next_working(day: date) -> date:
    calendar = codes.calendar()
    return date.fromordinal(calendar.ordinal_at(calendar.rank(day.toordinal())))


def _is_hung(case: Case) -> bool:
    return hung(case) is not None


def _run_on_elsewhere(doing: "Doing") -> None:
    """A case that is handled no more hangs no more."""
    if doing.case.state != State.HANDLING:
        pausing.run_on(doing)


def _is_asked(case: Case) -> bool:
    return asked(case) is not None


def _drop_request(doing: "Doing") -> None:
    """A case that went on before anybody decided needs no hang: the request came to nothing."""
    if doing.case.state == State.HANDLING:
        return
    waiting = asked(doing.case)
    if waiting is not None:
        doing.seals.change(waiting, decided_at=doing.now, ended_at=doing.now)
    doing.unmark(Mark.HANG_ASKED)


register(Aside(Mark.HUNG, _is_hung, _run_on_elsewhere))
register(Aside(Mark.HANG_ASKED, _is_asked, _drop_request))
