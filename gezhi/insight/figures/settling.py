"""When a period is frozen, and for how long it is counted anew after that.

A period is frozen in the night when its days of grace have passed (a pack's figures): what was sent
late by a phone, accepted or returned the next morning is in it by then. From then on it is counted
anew each night for a while, and what differs is a correction. After that it is final: what a night
does stays the same however long a street has kept its figures, and a change of something so old still
shows in the month it lies in, which is counted anew for a year and the month beside it, as far back as
a page compares.
"""

from datetime import date, timedelta

from gezhi.ground.codes import queries as codes
from gezhi.insight.figures.periods import Period, Span, holding
from gezhi.kernel import clock

# How many closed periods of each length a night looks at.
KEPT = {Span.DAY: 14, Span.WEEK: 8, Span.MONTH: 13}
_MONTHS = "freeze_days"
_GRACE = {Span.DAY: "freeze_days_day", Span.WEEK: "freeze_days_week", Span.MONTH: _MONTHS}


def grace(span: Span) -> timedelta:
    """How long after its end a period is frozen; as of a month where an office's own version of the
    pack has no row for it."""
    known = codes.term("figures", _GRACE[span]) is not None
    return timedelta(days=codes.figure(_GRACE[span] if known else _MONTHS))


def closed_periods(span: Span) -> list[Period]:
    """Those a night freezes or counts anew, the newest first."""
    period = holding(span, clock.today() - grace(span))
    found = []
    for _number in range(KEPT[span]):
        period = period.earlier()
        found.append(period)
    return found


def freezes_on(period: Period) -> date | None:
    """In which night a period that is not frozen will be; None of one that is too old to be ever."""
    if period.first < closed_periods(period.span)[-1].first:
        return None
    return max(period.last + grace(period.span), clock.today() + timedelta(days=1))
