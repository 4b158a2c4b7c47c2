"""回访名单: whom to call now, later, for the last time; the number is opened on the case, for a purpose."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.case_list import CaseList
from gezhi.faces.desk.queues.lines import with_query
from gezhi.faces.shell import menu, moments
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import numbered
from gezhi.faces.shell.parts import Tab
from gezhi.ground.notices.quiet import quiet_hours, quiet_until
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.work.cases.calling_back import most_tries
from gezhi.work.cases.queries.to_call import LISTS, ToCall, lines, to_call

# The queue whose entry in the rail this is a page of.
_QUEUE = CaseList(queue="callback")


@dataclass(frozen=True, slots=True)
class ShownCall:
    """One to be called, with where to note it and the time in words."""

    row: ToCall
    url: str
    when: str
    time: int


@require_GET
@staff_only(Right.CALL_BACK)
def call_backs(request: HttpRequest) -> HttpResponse:
    """One of the lists (`?show=`); while nobody is called because of the hour it says from when on."""
    viewer = viewer_in(request)
    menu.stand_at(request, _QUEUE.url)
    asked = request.GET.get("show", "now")
    show = asked if asked in LISTS else "now"
    page = numbered(request, to_call(viewer, show))
    url = reverse("desk:call_backs")
    hours, over = quiet_hours(), quiet_until(clock.now())
    now_words = _("%(ends)d 点以后打") % {"ends": hours.ends} if over else _("现在打")
    words = {"now": now_words, "later": _("约好的、隔一会儿再打的"), "last": _("最后一次")}
    context = {
        "lines": [_shown(line, over) for line in lines(page.rows)],
        "page": page,
        "show": show,
        "tabs": [
            Tab(words[name], url if name == "now" else f"{url}?show={name}", None, name == show)
            for name in LISTS
        ],
        "most": most_tries(),
        "quiet": over is not None,
        "begins": hours.begins,
        "ends": hours.ends,
    }
    return render(request, "desk/cases/call_backs.html", context)


def _shown(row: ToCall, over: datetime | None) -> ShownCall:
    """`over`: when the quiet hours are, while they last; what is planned is planned outside of them."""
    address = reverse("desk:deed", args=[row.case_number, "call_back"])
    begins = max((one for one in (row.plan, over) if one), default=None)
    return ShownCall(
        row=row,
        url=with_query(address, f"report={row.report_number}&{_QUEUE.query}"),
        when=moments.spoken(begins) if begins else "",
        time=row.tries + 1,
    )
