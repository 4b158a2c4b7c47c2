"""Who is to be called back 回访, when, and for which time: reckoned from the rows of calls (`CallBack`).

Of a report in the round of its case: no row means that nobody called yet; an open one when to call;
where the last call has an outcome and nothing is planned after it, nobody is called any more.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from gezhi.ground.codes import queries as codes
from gezhi.ground.notices.quiet import quiet_until
from gezhi.work.cases.models import CallBack, Report

OUTCOMES = ("reached", "not_reached", "refused")


def most_tries() -> int:
    """How often somebody is called whom nobody reaches."""
    return int(codes.figure("callback_most"))


def next_try(moment: datetime) -> datetime:
    """When to call again whom nobody reached at a moment: after the pause, never in quiet hours."""
    after = moment + timedelta(hours=codes.figure("callback_pause_hours"))
    return quiet_until(after) or after


def rows_of(report: Report, round_: int) -> QuerySet[CallBack]:
    """The calls of a report about one handling of its case."""
    return CallBack.objects.filter(report=report, round=round_)


def unasked() -> QuerySet[Report]:
    """Reports that left a way to be reached and said nothing of how the last handling ended."""
    said_nothing = Q(rated_at=None) | Q(rated_at__lt=F("case__ended_at"))
    return Report.objects.filter(said_nothing, reporter__isnull=False)


def waiting(rows: QuerySet[Report]) -> QuerySet[Any]:
    """Those to be called some time, with `plan` (empty: nobody called yet) and `tries` so far."""
    mine = _mine()
    tries = mine.filter(outcome="not_reached").order_by().values("report")
    counted = Subquery(tries.annotate(number=Count("pk")).values("number"), IntegerField())
    plan = Subquery(mine.filter(outcome="").values("planned_at")[:1], DateTimeField())
    found = rows.annotate(tries=Coalesce(counted, Value(0)), plan=plan)
    return found.filter(Q(plan__isnull=False) | ~Exists(mine))


def due(rows: QuerySet[Report], now: datetime) -> QuerySet[Report]:
    """Those to be called now: nobody called yet, or the planned time has come."""
    mine = _mine()
    return rows.filter(~Exists(mine) | Exists(mine.filter(outcome="", planned_at__lte=now)))


def _mine() -> QuerySet[CallBack]:
    return CallBack.objects.filter(report=OuterRef("pk"), round=OuterRef("case__round"))
