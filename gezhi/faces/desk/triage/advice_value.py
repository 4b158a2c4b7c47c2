"""建议准不准: what advice covered, what people took, what was right, what it saved; by month."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gezhi.faces.desk.triage.trend import Spark, spark
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Tab
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.work.triage import queries
from gezhi.work.triage.queries import ValueMonth, ValuePage, ValueRow
from gezhi.work.triage.rules import TOLERATED

QUESTIONS = {
    "class": gettext_lazy("类别"),
    "kind": gettext_lazy("诉求类型"),
    "unit": gettext_lazy("承办单位"),
    "place": gettext_lazy("地点"),
    "same": gettext_lazy("同一件事"),
}
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One question in a month, each share with the counts it is made of; "—" of nothing."""

    name: str
    cases: int
    coverage: str
    taken: str
    right: str
    counts: tuple[str, str, str]
    promised: str
    fell: bool


@dataclass(frozen=True, slots=True)
class DriftLine:
    """One question over the months: the shares that were right, with a drawing."""

    name: str
    cells: tuple[str, ...]
    trend: Spark | None


@require_GET
@staff_only(Right.READ_VALUE)
def value(request: HttpRequest) -> HttpResponse:
    """The figures of a month: `?month=2026-11`, else this one."""
    found = queries.value_of_advice(viewer_in(request), month_of(request.GET.get("month", "")))
    context = {**figures_context(found), "tabs": tabs(request.path)}
    return render(request, "desk/triage/value.html", context)


def tabs(here: str) -> list[Tab]:
    """The two pages: the value of advice, and how it is set."""
    pages = ((_("按月看"), "desk:value"), (_("多准才提示"), "desk:tolerances"))
    return [Tab(name, reverse(way), None, reverse(way) == here) for name, way in pages]


def month_of(typed: str) -> date | None:
    """The first day of "2026-11"; None for what is no month, or one to come."""
    try:
        month = datetime.strptime(typed, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None
    return month if clock.EARLIEST <= month <= clock.today() else None


def figures_context(found: ValuePage) -> dict[str, Any]:
    """The month in words, with the ways to the months beside it."""
    before = date(found.month.year - (found.month.month == 1), (found.month.month - 2) % 12 + 1, 1)
    after = date(found.month.year + (found.month.month == 12), found.month.month % 12 + 1, 1)
    return {
        "month": found.month,
        "before": before,
        "after": after if after <= clock.today() else None,
        "rows": [line_of(row) for row in found.rows if row.tally.cases],
        "saved": found.minutes_saved,
        "saved_minutes": abs(found.minutes_saved or 0),
        "minutes_taken": found.minutes_taken,
        "minutes_otherwise": found.minutes_otherwise,
        "drift_months": [one.month for one in found.drift],
        "drift": drift_lines(found.drift),
        "fallen": [str(QUESTIONS[row.what]) for row in found.rows if row.fell],
    }


def line_of(row: ValueRow) -> ValueLine:
    """One question's shares and counts in words."""
    tally = row.tally
    return ValueLine(
        name=str(QUESTIONS[row.what]),
        cases=tally.cases,
        coverage=share(tally.coverage),
        taken=share(tally.taken_share),
        right=share(tally.right_share),
        counts=(
            f"{tally.given}/{tally.cases}",
            f"{tally.taken}/{tally.settled}",
            f"{tally.right}/{tally.judged}",
        ),
        promised=_promised(row),
        fell=row.fell,
    )


def _promised(row: ValueRow) -> str:
    """What the tolerance promises of a trained model, with how it did where others advised too."""
    tally = row.tally
    if row.what not in TOLERATED or not tally.learnt:
        return NOTHING
    promise = share(1 - row.error)
    if tally.learnt == tally.given:
        return promise
    return _("%(promise)s（学过的 %(share)s，%(right)d/%(judged)d）") % {
        "promise": promise,
        "share": share(tally.learnt_right_share),
        "right": tally.learnt_right,
        "judged": tally.learnt_judged,
    }


def drift_lines(months: tuple[ValueMonth, ...]) -> list[DriftLine]:
    """The right shares over the months, of the questions that were ever judged."""
    found = []
    for what, name in QUESTIONS.items():
        shares = [one.tallies[what].right_share if what in one.tallies else None for one in months]
        known = [value for value in shares if value is not None]
        if not known:
            continue
        words = _("%(name)s正确率，从前到后：%(shares)s") % {
            "name": name,
            "shares": "、".join(share(value) for value in shares),
        }
        # Shares lie close together: the drawing shows their way, the figures beside it their size.
        trend = spark([100 * value for value in known], words, floor=100 * min(known) - 3)
        found.append(DriftLine(str(name), tuple(share(value) for value in shares), trend))
    return found


def share(value: float | None) -> str:
    """A share as "87.5%", whole where it is whole; "—" of nothing."""
    return NOTHING if value is None else f"{round(100 * value, 1):g}%"
