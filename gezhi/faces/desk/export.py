"""A queue as a file for a unit's own system: codes and words of the matter, never who said it."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.source import EXPORTED
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.marks import STATES
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Role, Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CaseRow

MOST_PAGES = 40
# A spreadsheet would run a cell that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@staff_only(Role.HANDLER, Role.COMMUNITY_CLERK)
def export(request: HttpRequest, name: str) -> HttpResponse:
    """What waits at the viewer's unit as CSV in UTF-8 with a mark for Excel; the taking is recorded.

    Unseen for any queue but a unit's own two.
    """
    viewer = viewer_in(request)
    if name not in EXPORTED:
        raise Unseen(_("没有这个队列"))
    held = StringIO()
    table = csv.writer(held)
    table.writerow(
        [
            _("案件号"),
            _("环节"),
            _("事由"),
            _("地点"),
            _("社区"),
            _("网格"),
            _("类别码"),
            _("类别"),
            _("诉求类型"),
            _("紧急程度"),
            _("反映时间"),
            _("本环节到期"),
            _("第几次办理"),
        ]
    )
    count = 0
    for row in _rows(viewer, name):
        table.writerow([_plain(value) for value in _cells(row)])
        count += 1
    seat = viewer.seats_as(Role.HANDLER, Role.COMMUNITY_CLERK)[0]
    audit.record(
        by=viewer,
        verb="cases.export",
        subject_kind="unit",
        subject_id=seat.unit_id,
        detail={"queue": name, "rows": count},
        post_id=seat.post_id,
        unit_id=seat.unit_id,
    )
    response = HttpResponse("\ufeff" + held.getvalue(), content_type="text/csv; charset=utf-8")
    filename = f"{name}-{clock.local(clock.now()):%Y%m%d-%H%M}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _rows(viewer: Viewer, name: str) -> Iterator[CaseRow]:
    after = ""
    for _page in range(MOST_PAGES):
        listing = cases.listing(viewer, name, after=after)
        yield from listing.rows
        after = listing.after
        if not after:
            return


def _cells(row: CaseRow) -> list[str]:
    due = clock.local(row.due_at).strftime("%Y-%m-%d %H:%M") if row.due_at else ""
    return [
        row.number,
        str(STATES[row.state][1]),
        row.title,
        row.place_words,
        row.community_name,
        row.grid_name,
        row.class_code,
        row.class_name,
        row.kind_name,
        row.urgency,
        clock.local(row.reported_at).strftime("%Y-%m-%d %H:%M"),
        due,
        str(row.round),
    ]


def _plain(value: str) -> str:
    """The value as text in every spreadsheet: nothing runs, long numbers keep their digits."""
    if value.startswith(_FORMULA) or (value.isdigit() and len(value) > 15):
        return f"'{value}"
    return value
