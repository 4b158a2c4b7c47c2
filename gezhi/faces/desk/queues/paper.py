"""A list on paper: what it is narrowed by in words, the columns as shown, the day, numbered pages."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.queues.columns import as_taken, cells, of_sheet
from gezhi.faces.desk.queues.filters import filter_form, in_words
from gezhi.faces.desk.queues.shown import shown
from gezhi.faces.desk.queues.views import list_in
from gezhi.faces.shell import moments
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import purpose_asked, taken_along
from gezhi.ground.sheets.marks import mark_for
from gezhi.kernel import clock
from gezhi.work.cases import queries as cases

# Some fifteen sheets of paper; nobody reads more, and Excel holds it.
MOST = 300


@require_http_methods(["GET", "POST"])
@staff_only()
@moments.on_paper()
def paper(request: HttpRequest, name: str) -> HttpResponseBase:
    """A queue as its filters and order have it, for the printer; Unseen for another's queue.

    With a column of addresses what for is asked first; it stands on the paper, and is recorded.
    """
    viewer = viewer_in(request)
    case_list = list_in(request, viewer, name)
    standing = shown(viewer, case_list)
    purpose = purpose_asked(
        request,
        of_sheet(standing.columns),
        title=_("打印%(list)s") % {"list": case_list.title},
        deed=_("打开要打印的"),
        back_url=case_list.url,
        advice=_("在“选列”里不勾这几列，就不用写用途。"),
    )
    if not isinstance(purpose, str):
        return purpose
    mark = mark_for(viewer, purpose) if purpose else None
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
        "rows": [cells(as_taken(row), standing.columns) for row in rows[:MOST]],
        "has_more": len(rows) > MOST,
        "most": MOST,
        "unit_name": viewer.seats[0].unit_name,
        "printed_at": clock.now(),
        "mark": mark,
    }
    taken_along(
        viewer,
        "cases.print_list",
        mark=mark,
        detail={
            "queue": name,
            "filtered": sorted(case_list.narrowing),
            "rows": min(len(rows), MOST),
        },
    )
    return render(request, "desk/queues/paper.html", context)
