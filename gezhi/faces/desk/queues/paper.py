"""A list on paper: what it is narrowed by in words, the columns as shown, the day, numbered pages."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.columns import cells
from gezhi.faces.desk.queues.filters import filter_form, in_words
from gezhi.faces.desk.queues.shown import shown
from gezhi.faces.desk.queues.views import list_in
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import clock
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CaseRow

# Some fifteen sheets of paper; nobody reads more, and Excel holds it.
MOST = 300


@require_GET
@staff_only()
def paper(request: HttpRequest, name: str) -> HttpResponse:
    """A queue as its filters and order have it, for the printer; Unseen for another's queue."""
    viewer = viewer_in(request)
    case_list = list_in(request, viewer, name)
    standing = shown(viewer, case_list)
    rows = list(
        cases.every(
            viewer,
            name,
            filters=cases.kept(case_list.narrowing),
            order=case_list.order,
            most=MOST + 1,
        )
    )
    words = in_words(filter_form(viewer, case_list), case_list.narrowing)
    context = {
        "case_list": case_list,
        "words": "、".join(each for _name, each in words),
        "columns": standing.columns,
        "rows": [cells(_on_paper(row), standing.columns) for row in rows[:MOST]],
        "has_more": len(rows) > MOST,
        "most": MOST,
        "unit_name": viewer.seats[0].unit_name,
        "printed_at": clock.now(),
    }
    return render(request, "desk/queues/paper.html", context)


def _on_paper(row: CaseRow) -> CaseRow:
    """Paper lies about: of a restricted case nobody's words stand on it, whoever prints."""
    if not row.restricted:
        return row
    return replace(row, title=_("保密事项"), public_summary="", place_words="")
