"""Lists of cases as sheets: what the list shows and no more, in words, never who reported it."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.case_list import of_queue, searched_for
from gezhi.faces.desk.queues.columns import COLUMNS, CaseColumn, cells
from gezhi.faces.desk.queues.shown import shown
from gezhi.faces.shell import downloads
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CaseRow, desk

# More than a district has in a year; a list above it is narrowed first.
MOST_ROWS = 100_000


@require_GET
@staff_only()
def export(request: HttpRequest, name: str) -> FileResponse:
    """A queue of the viewer as its filters narrow it; the taking is recorded.

    Unseen for a queue the viewer does not have.
    """
    viewer = viewer_in(request)
    if name not in {queue.name for queue in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    case_list = of_queue(name, request.GET)
    filters = cases.kept(case_list.narrowing)
    rows = cases.every(viewer, name, filters=filters, order=case_list.order, most=MOST_ROWS)
    standing = shown(viewer, case_list)
    return case_sheet(
        viewer, case_list.title, rows,
        columns=standing.columns if standing.chose_columns else (),
        queue=name, filtered=sorted(case_list.narrowing),
    )  # fmt: skip


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
