"""回访: whom the centre is to call now, later and for the last time; the calls of one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from gezhi.ground.accounts.queries import names
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.masking import masked_name
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import shown
from gezhi.work.cases.calling_back import due, most_tries, unasked, waiting
from gezhi.work.cases.models import CallBack
from gezhi.work.cases.queries.visible import worded_to
from gezhi.work.cases.rules import State

LISTS = ("now", "later", "last")


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call that was made, or the one that is planned (no outcome)."""

    number: str
    planned_at: datetime | None
    tried_at: datetime | None
    by: str
    outcome: str
    resolved: str
    satisfied: str


@dataclass(frozen=True, slots=True)
class ToCall:
    """A reporter to be called: the case, for which time, when; the name masked."""

    case_number: str
    report_number: str
    title: str
    name: str
    ended_at: datetime
    plan: datetime | None
    tries: int


def to_call(viewer: Viewer, which: str) -> QuerySet[Any]:
    """One of the lists: `now` what nobody called yet or whose time has come, `later` what is planned,
    `last` of both those who are called for the last time. Nobody without the right is in any."""
    now = clock.now()
    rows = waiting(unasked())
    if not viewer.may(Right.CALL_BACK):
        return rows.none()
    since = now - timedelta(days=codes.figure("reopen_days"))
    cases = worded_to(viewer).filter(state=State.CLOSED, ended_at__gt=since)
    rows = rows.filter(case__in=cases.values("pk")).select_related(
        "case", "case__words", "reporter"
    )
    if which == "later":
        return rows.filter(plan__gt=now).order_by("plan", "id")
    if which == "last":
        return rows.filter(tries__gte=most_tries() - 1).order_by("plan", "id")
    return due(rows, now).order_by(F("plan").asc(nulls_last=True), "case__ended_at", "id")


def lines(rows: Sequence[Any]) -> list[ToCall]:
    """Rows of a list as they are shown."""
    return [
        ToCall(
            case_number=row.case.number,
            report_number=row.number,
            title=row.case.words.title,
            name=masked_name(shown(open_sealed(row.reporter, "name"))),
            ended_at=row.case.ended_at or row.received_at,
            plan=row.plan,
            tries=row.tries,
        )
        for row in rows
    ]


def calls_of(viewer: Viewer, number: str) -> list[CallLine]:
    """The calls about a case, the newest first; none of one whose words the viewer may not read."""
    cases = worded_to(viewer, opened=True).filter(number=number)
    rows = list(
        CallBack.objects.filter(case__in=cases.values("pk"))
        .select_related("report")
        .order_by("-id")
    )
    people = names({row.by for row in rows if row.by})
    return [
        CallLine(
            number=row.report.number,
            planned_at=row.planned_at,
            tried_at=row.tried_at,
            by=people.get(row.by or 0, ""),
            outcome=row.outcome,
            resolved=row.resolved,
            satisfied=row.satisfied,
        )
        for row in rows
    ]
