"""指标: five figures of a period with those beside them, all others, who is late, what many talk of."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.figures.asked import (
    SPANS,
    WAYS,
    Asked,
    asked_in,
    compared_words,
    period_words,
    running_words,
    settled_words,
)
from gezhi.faces.desk.figures.shown import Shown, line_of, shown
from gezhi.faces.desk.queues.case_list import of_queue
from gezhi.faces.desk.queues.lines import line
from gezhi.faces.shell import terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Tab
from gezhi.insight.figures import queries
from gezhi.insight.figures.late import LateUnit, Why, late_units
from gezhi.insight.figures.periods import Period, holding
from gezhi.insight.figures.queries import Told
from gezhi.insight.figures.reach import By
from gezhi.insight.figures.settling import KEPT
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.declared import DECLARED
from gezhi.work.triage import queries as triage

TOPICS = 3
_MOST_WORDS = 60


@require_GET
@staff_only(Right.READ_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of `?span=week&day=2026-11-23`, the whole or told apart `&by=unit`.

    Unseen for a way of telling apart that the viewer's area has not.
    """
    viewer, asked = viewer_in(request), asked_in(request)
    board = queries.board(viewer, asked.period)
    before, year_before = compared_words(asked.period.span)
    context: dict[str, Any] = {
        "asked": asked,
        "period": period_words(asked.period),
        "earlier": asked.during(asked.period.earlier()).url,
        "later": _later(asked),
        "settled": settled_words(board.settled, is_running=runs(asked.period)),
        "running": None
        if asked.is_chosen or runs(asked.period)
        else running_words(asked.period.span),
        "kept": KEPT,
        "spans": _spans(asked),
        "ways": [
            Tab(str(WAYS[by]), asked.apart(by).url, None, by is asked.by) for by in board.ways
        ],
        "before": before,
        "year_before": year_before,
    }
    if asked.by is By.WHOLE:
        late = [_late(one) for one in late_units(viewer)]
        context |= {
            "five": [line_of(one, asked) for one in board.first],
            "others": [line_of(one, asked) for one in board.others],
            "late": late,
            "has_reasons": any(one["why"] for one in late),
            "now": clock.now(),
            "topics": _topics(viewer),
        }
    else:
        told = queries.told_apart(viewer, asked.period, asked.by)
        context |= {
            "names": [one.now.indicator.name for one in board.first],
            "notes": [one.now.indicator for one in board.first],
            "way": str(WAYS[asked.by]),
            "told": [(row.name, cells(row, asked)) for row in told],
        }
    return render(request, "desk/figures/figures.html", context)


def cells(row: Told, asked: Asked) -> list[tuple[str, Shown]]:
    """The figures of one row of a table, each with the name of its column."""
    return [(one.indicator.name, shown(one, asked, asked.period, row.key)) for one in row.figures]


def _later(asked: Asked) -> str:
    later = asked.period.later()
    return asked.during(later).url if later.first <= clock.today() else ""


def _spans(asked: Asked) -> list[Tab]:
    """Where a period ends by day, week and month; of one that runs, today's."""
    day = min(asked.period.last - timedelta(days=1), clock.today())
    return [
        Tab(str(words), asked.during(holding(span, day)).url, None, span is asked.period.span)
        for span, words in SPANS.items()
    ]


def runs(period: Period) -> bool:
    """Whether today is a part of it."""
    return period.first <= clock.today() < period.last


def _late(one: LateUnit) -> dict[str, Any]:
    return {
        "name": one.name,
        "number": one.overdue,
        "url": of_queue("overdue", {"holder": str(one.unit_id)}).url,
        "longest": line(one.longest),
        "why": why_words(one.why),
    }


def why_words(why: Why | None) -> str:
    """申请延期：等材料，配件后天到; empty where nobody wrote why."""
    if why is None:
        return ""
    reason = terms.label("delay_reasons", why.reason_code)
    told = "，".join(part for part in (reason, Truncator(why.words).chars(_MOST_WORDS)) if part)
    deed = str(DECLARED[why.deed].word)
    return _("%(deed)s：%(told)s") % {"deed": deed, "told": told} if told else deed


def _topics(viewer: Viewer) -> Sequence[tuple[str, str]]:
    """What many talk of lately, each with its page."""
    return [
        (one.title or _("没有名字的热点"), reverse("desk:topic", args=[one.key]))
        for one in triage.topics(viewer, most=TOPICS)
    ]
