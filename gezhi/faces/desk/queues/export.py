"""Lists of cases as sheets: what the list shows and no more, in words, never who reported it."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.case_list import of_queue, searched_for
from gezhi.faces.shell import downloads, terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.marks import STATES
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.tags import words_of
from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel import clock
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
    return case_sheet(
        viewer, case_list.title, rows, queue=name, filtered=sorted(case_list.narrowing)
    )


@require_GET
@staff_only()
def export_found(request: HttpRequest) -> FileResponse:
    """What a search finds, as the page of the search shows it; the taking is recorded."""
    viewer = viewer_in(request)
    words = searched_for(request)
    running, ended = desk.found(viewer, words) if words else ((), ())
    return case_sheet(viewer, _("查到的"), [*running, *ended], queue="search")


def case_sheet(
    viewer: Viewer, name: str, rows: Iterable[CaseRow], **detail: object
) -> FileResponse:
    """The rows as a sheet; recorded under the viewer's first seat with the number of rows."""
    return taken(
        viewer, name, case_titles(), (case_cells(row) for row in rows),
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


def case_titles() -> tuple[str, ...]:
    """The headings of a sheet of cases."""
    return (
        _("案件号"), _("环节"), _("事由"), _("地点"), _("社区"), _("网格"), _("类别"),
        _("诉求类型"), _("紧急程度"), _("现在在谁手里"), _("反映时间"), _("本环节到期"),
        _("超时"), _("办完时间"), _("第几次办理"), _("几人反映"), _("催办"), _("标记"),
    )  # fmt: skip


def case_cells(row: CaseRow) -> list[Cell]:
    """One case under those headings, in the words of the list."""
    late = row.due_at is not None and row.ended_at is None and row.due_at < clock.now()
    return [
        row.number,
        str(STATES[row.shown_state][1]),
        row.title,
        row.place_words,
        row.community_name,
        row.grid_name,
        row.class_name,
        row.kind_name,
        terms.label("urgency", row.urgency),
        row.holder_name,
        row.reported_at,
        row.due_at,
        _("已超时") if late else "",
        row.ended_at,
        row.round,
        row.reports,
        _("有") if row.urged else "",
        words_of(row),
    ]
