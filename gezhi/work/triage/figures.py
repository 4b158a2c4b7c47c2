"""The value of advice, counted: by question, by month, and the time it saved."""

from datetime import date, datetime, time
from statistics import median

from django.db.models import Count, Q, QuerySet

from gezhi.kernel import clock
from gezhi.work.cases.models import Case
from gezhi.work.triage.models import GIVEN, Advice
from gezhi.work.triage.rules import LEARNT_BY, Tally

LEARNT = GIVEN & Q(method=LEARNT_BY)


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def months_before(month: date, count: int) -> date:
    """The first day of the month so many months earlier."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def bounds(month: date) -> tuple[datetime, datetime]:
    """The moments a month begins and ends at, in China; half-open."""
    begins = datetime.combine(month_of(month), time(), clock.SHANGHAI)
    return begins, datetime.combine(months_before(month, -1), time(), clock.SHANGHAI)


def made_in(rows: QuerySet[Advice], month: date) -> QuerySet[Advice]:
    """Those of the advice made in a month."""
    begins, ends = bounds(month)
    return rows.filter(made_at__gte=begins, made_at__lt=ends)


def tallies(rows: QuerySet[Advice]) -> dict[tuple[int, str], Tally]:
    """Counts by street and question; one statement."""
    found = (
        rows.order_by()
        .values("street_id", "what")
        .annotate(
            cases=Count("pk"),
            given=Count("pk", filter=GIVEN),
            settled=Count("pk", filter=GIVEN & Q(settled_at__isnull=False)),
            taken=Count("pk", filter=GIVEN & Q(taken=True)),
            judged=Count("pk", filter=GIVEN & Q(right__isnull=False)),
            correct=Count("pk", filter=GIVEN & Q(right=True)),
            learnt=Count("pk", filter=LEARNT),
            learnt_judged=Count("pk", filter=LEARNT & Q(right__isnull=False)),
            learnt_right=Count("pk", filter=LEARNT & Q(right=True)),
        )
    )
    return {
        (row["street_id"], row["what"]): Tally(
            cases=row["cases"],
            given=row["given"],
            settled=row["settled"],
            taken=row["taken"],
            judged=row["judged"],
            right=row["correct"],
            learnt=row["learnt"],
            learnt_judged=row["learnt_judged"],
            learnt_right=row["learnt_right"],
        )
        for row in found
    }


def minutes_of(case: Case) -> float | None:
    """Minutes from report to acceptance; None of a case nobody accepted."""
    if case.accepted_at is None:
        return None
    return (case.accepted_at - case.reported_at).total_seconds() / 60


def minutes_to_accept(rows: QuerySet[Advice], month: date) -> tuple[float | None, float | None]:
    """Median minutes from report to acceptance where the class advised was taken, and where it
    was not or nothing was advised; None where there is no such case.

    Read off an index in the order of minutes: no row is sorted.
    """
    rows = rows.filter(what="class", month=month, minutes__isnull=False)
    otherwise = Q(taken=False) | Q(taken__isnull=True)
    counted = rows.aggregate(
        heeded=Count("minutes", filter=Q(taken=True)),
        otherwise=Count("minutes", filter=otherwise),
    )
    return (
        _median(rows.filter(taken=True), counted["heeded"]),
        _median(rows.filter(otherwise), counted["otherwise"]),
    )


def _median(rows: QuerySet[Advice], count: int) -> float | None:
    if not count:
        return None
    middle = rows.order_by("minutes").values_list("minutes", flat=True)
    return median(value or 0.0 for value in middle[(count - 1) // 2 : count // 2 + 1])
