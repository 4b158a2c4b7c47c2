"""Figures as a sheet: what the page shows, by its queries."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.figures.asked import WAYS, Asked, asked_in, compared_words, period_words
from gezhi.faces.desk.figures.shown import NOTHING, Shown, correction, line_of, spoken
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.insight.figures import queries
from gezhi.insight.figures.formulas import Unit
from gezhi.insight.figures.freezing import Figure
from gezhi.insight.figures.indicators import five
from gezhi.insight.figures.queries import Settled, Told
from gezhi.insight.figures.reach import By
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer


@require_GET
@staff_only(Right.READ_FIGURES)
def export(request: HttpRequest) -> HttpResponseBase:
    """The table the page shows under the same address; the taking is recorded."""
    viewer, asked = viewer_in(request), asked_in(request)
    titles, rows = (
        (_titles(asked), _rows(viewer, asked))
        if asked.by is By.WHOLE
        else (_told_titles(asked), _told_rows(viewer, asked))
    )
    period = period_words(asked.period)
    leaving = Leaving(
        name=_("指标 %(period)s") % {"period": period},
        columns=[Column(title) for title in titles],
        rows=lambda: rows,
        verb="figures.export",
        back_url=reverse("desk:figures"),
        detail=dict(asked.query),
    )
    return leave(request, viewer, leaving)


def _titles(asked: Asked) -> list[str]:
    before, year_before = compared_words(asked.period.span)
    return [
        _("时段"), _("封存于"), _("指标"), _("值"), _("分子"), _("分母"), before, year_before,
        _("更正后"), _("怎样算"),
    ]  # fmt: skip


def _rows(viewer: Viewer, asked: Asked) -> Iterator[Sequence[Cell]]:
    board = queries.board(viewer, asked.period)
    for one in (*board.first, *board.others):
        line = line_of(one, asked)
        yield (
            period_words(asked.period), _frozen_on(board.settled), line.name, line.now.value, *_sides(line.now),
            line.before.value, line.year_before.value, line.now.corrected, line.words,
        )  # fmt: skip


def _frozen_on(settled: Settled) -> Cell:
    at = settled.frozen_at
    return _("没有封存") if at is None else clock.local(at).date()


def _sides(shown: Shown) -> tuple[str, str]:
    return (
        shown.above.words if shown.above else shown.value,
        shown.below.words if shown.below else NOTHING,
    )


def _told_titles(asked: Asked) -> list[str]:
    found = [_("时段"), _("封存于"), str(WAYS[asked.by])]
    for one in five():
        found.append(one.name)
        if one.unit is not Unit.COUNT:
            found += [_("分子"), _("分母")]
    return [*found, _("更正后")]


def _told_rows(viewer: Viewer, asked: Asked) -> Iterator[Sequence[Cell]]:
    frozen_on = _frozen_on(queries.settled(viewer, asked.period))
    for row in queries.told_apart(viewer, asked.period, asked.by):
        cells: list[Cell] = [period_words(asked.period), frozen_on, row.name]
        for one in row.figures:
            cells += _cells(one)
        yield [*cells, _corrections(row)]


def _corrections(row: Told) -> str:
    found = [(one.indicator.name, correction(one)) for one in row.figures]
    return "；".join(f"{name} {words}" for name, words in found if words)


def _cells(one: Figure) -> list[Cell]:
    if one.indicator.unit is Unit.COUNT:
        return [one.numerator]
    timed = one.indicator.unit is Unit.HOURS
    above = round(one.numerator / 3600, 1) if timed else one.numerator
    return [spoken(one), above, one.denominator]
