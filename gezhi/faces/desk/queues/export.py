"""Lists of cases as sheets: what the list shows and no more, in words, never who reported it."""

from collections.abc import Iterator, Mapping
from functools import partial

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.queues.case_list import CaseList, of_queue, searched_for
from gezhi.faces.desk.queues.columns import COLUMNS, CaseColumn, as_taken, cells, known, of_sheet
from gezhi.faces.desk.queues.shown import shown
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.codes.queries import figure
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets.outgoing import PURPOSE, Outgoing
from gezhi.ground.sheets.writing import Cell
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CaseRow, desk

# More than a district has in a year; a list above it is narrowed first.
MOST_ROWS = 100_000
# The name under which long lists of cases are declared to `ground/sheets`.
SOURCE = "cases"


@require_http_methods(["GET", "POST"])
@staff_only()
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """A queue of the viewer as its filters and columns have it; the taking is recorded.

    With a column of addresses what for is asked first. A list of more than the packs say
    (`export_at_once`) is written by a task, and its page of progress follows. Unseen for a queue the
    viewer does not have.
    """
    viewer = viewer_in(request)
    if name not in {queue.name for queue in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    case_list = of_queue(name, request.GET)
    columns = _columns(viewer, case_list)
    return leave(
        request,
        viewer,
        Leaving(
            name=case_list.title,
            columns=of_sheet(columns),
            rows=lambda: (
                cells(as_taken(row), columns) for row in _rows(viewer, case_list, MOST_ROWS)
            ),
            verb="cases.export",
            back_url=case_list.url,
            detail=_said(case_list),
            advice=_("在“选列”里不勾这几列，就不用写用途。"),
            at_once=int(figure("export_at_once")),
            longer=partial(_by_a_task, viewer, case_list, columns),
        ),
    )


def _by_a_task(
    viewer: Viewer, case_list: CaseList, columns: tuple[CaseColumn, ...], purpose: str
) -> HttpResponseBase:
    """The list is too long to wait for: a task writes it, and the page of its progress follows."""
    asked = {
        **case_list.narrowing,
        "queue": case_list.queue,
        "columns": " ".join(column.name for column in columns),
        PURPOSE: purpose,
    }
    row = sheets.take_out(source=SOURCE, name=case_list.title, asked=asked, by=viewer)
    return HttpResponseRedirect(reverse("desk:outgoing", args=[row.pk]), status=303)


def read(viewer: Viewer, asked: Mapping[str, str]) -> Outgoing:
    """A long list for its file, by what the viewer may see now; Unseen for a queue they lost."""
    name = asked.get("queue", "")
    if name not in {queue.name for queue in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    case_list = of_queue(name, asked)
    columns = known(asked.get("columns", "").split())
    return Outgoing(
        columns=of_sheet(columns),
        rows=(cells(as_taken(row), columns) for row in _rows(viewer, case_list, MOST_ROWS)),
        verb="cases.export",
        detail=_said(case_list),
    )


def _rows(viewer: Viewer, case_list: CaseList, most: int) -> Iterator[CaseRow]:
    filters = cases.kept(case_list.narrowing)
    return cases.every(viewer, case_list.queue, filters=filters, order=case_list.order, most=most)


def _columns(viewer: Viewer, case_list: CaseList) -> tuple[CaseColumn, ...]:
    """As shown where somebody chose them, else all there are."""
    standing = shown(viewer, case_list)
    return standing.columns if standing.chose_columns else tuple(COLUMNS.values())


def _said(case_list: CaseList) -> dict[str, object]:
    return {"queue": case_list.queue, "filtered": sorted(case_list.narrowing)}


@require_http_methods(["GET", "POST"])
@staff_only()
def export_found(request: HttpRequest) -> HttpResponseBase:
    """What a search finds, as the page of the search shows it; asked what for, and recorded."""
    viewer = viewer_in(request)
    words = searched_for(request)
    columns = tuple(COLUMNS.values())

    def rows() -> Iterator[list[Cell]]:
        running, ended = desk.found(viewer, words) if words else ((), ())
        yield from (cells(as_taken(row), columns) for row in (*running, *ended))

    return leave(
        request,
        viewer,
        Leaving(
            name=_("查到的"),
            columns=of_sheet(columns),
            rows=rows,
            verb="cases.export",
            back_url=f"{reverse('desk:search')}?{urlencode({'q': words})}",
            detail={"queue": "search"},
        ),
    )
