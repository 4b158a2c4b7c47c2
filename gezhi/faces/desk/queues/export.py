"""Lists of cases as sheets: what the list shows and no more, in words, never who reported it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.case_list import CaseList, of_queue, searched_for
from gezhi.faces.desk.queues.columns import COLUMNS, CaseColumn, cells, known
from gezhi.faces.desk.queues.shown import shown
from gezhi.faces.shell import downloads
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets.outgoing import Outgoing
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CaseRow, desk

# More than a district has in a year; a list above it is narrowed first.
MOST_ROWS = 100_000
# In a second or so; what is longer is written by a task.
AT_ONCE = 3000
# The name under which long lists of cases are declared to `ground/sheets`.
SOURCE = "cases"


@require_GET
@staff_only()
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """A queue of the viewer as its filters and columns have it; the taking is recorded.

    A list of more than `AT_ONCE` is written by a task, and its page of progress follows. Unseen for a
    queue the viewer does not have.
    """
    viewer = viewer_in(request)
    if name not in {queue.name for queue in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    case_list = of_queue(name, request.GET)
    rows = list(_rows(viewer, case_list, AT_ONCE + 1))
    if len(rows) > AT_ONCE:
        return _by_a_task(viewer, case_list)
    return case_sheet(
        viewer, case_list.title, rows, columns=_columns(viewer, case_list), **_said(case_list)
    )


def _by_a_task(viewer: Viewer, case_list: CaseList) -> HttpResponseBase:
    names = [column.name for column in _columns(viewer, case_list)]
    asked = {**case_list.narrowing, "queue": case_list.queue, "columns": " ".join(names)}
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
        columns=[str(column.title) for column in columns],
        rows=(cells(row, columns) for row in _rows(viewer, case_list, MOST_ROWS)),
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


@require_GET
@staff_only()
def export_found(request: HttpRequest) -> FileResponse:
    """What a search finds, as the page of the search shows it; the taking is recorded."""
    viewer = viewer_in(request)
    words = searched_for(request)
    running, ended = desk.found(viewer, words) if words else ((), ())
    return case_sheet(viewer, _("查到的"), [*running, *ended], queue="search")


def case_sheet(
    viewer: Viewer,
    name: str,
    rows: Iterable[CaseRow],
    *,
    columns: Sequence[CaseColumn] = (),
    **detail: object,
) -> FileResponse:
    """The rows as a sheet with the columns as shown, all of them where nobody chose; recorded under
    the viewer's first seat with the number of rows."""
    columns = columns or tuple(COLUMNS.values())
    titles = [str(column.title) for column in columns]
    return taken(
        viewer, name, titles, (cells(row, columns) for row in rows),
        verb="cases.export", detail=detail,
    )  # fmt: skip


def taken(
    viewer: Viewer,
    name: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    verb: str,
    detail: dict[str, object] | None = None,
    purpose: str = "",
) -> FileResponse:
    """A sheet of any list under its titles, the taking recorded: which, how many rows, what for."""
    counted = _Counted(rows)
    response = downloads.sheet(name, [Column(title) for title in titles], counted)
    seat = viewer.seats[0]
    audit.record(
        by=viewer,
        verb=verb,
        subject_kind="unit",
        subject_id=seat.unit_id,
        detail={**(detail or {}), "rows": counted.number},
        purpose=purpose,
        post_id=seat.post_id,
        unit_id=seat.unit_id,
    )
    return response


class _Counted:
    """Rows with their number once they have been read."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for self.number, row in enumerate(self.rows, start=1):  # noqa: B020 - read afterward
            yield row
