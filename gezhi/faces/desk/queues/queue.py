"""A queue: what waits, in the order in which it turns red; the case stands beside it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.case_list import of_queue
from gezhi.faces.desk.queues.heads import heads
from gezhi.faces.desk.queues.list_page import listed, shape
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page
from gezhi.kernel.errors import Unseen
from gezhi.work.cases import queries as cases


@require_GET
@staff_only()
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """One queue of the viewer, filtered and paged; nobody else's queue exists for them (Unseen).

    htmx asks for `#list-body` (the whole list) or `#more` (the next rows under it).
    """
    viewer = viewer_in(request)
    if name not in {row.name for row in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    case_list = of_queue(name, request.GET)
    context = {**listed(viewer, case_list), **shape(viewer, case_list)}
    if context["as_table"]:
        context["heads"] = heads(context["shown"].columns, case_list, context["filters"])
    return page(
        request,
        "desk/queues/table.html" if context["as_table"] else "desk/queues/queue.html",
        context,
        parts={
            "list-body": "desk/queues/_list_part.html",
            "more": "desk/queues/_rows.html",
            "more-lines": "desk/queues/_table_rows.html",
        },
    )
