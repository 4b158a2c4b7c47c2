"""A queue: what waits, in the order in which it turns red; the case stands beside it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.source import chosen, filter_form, listed, of_queue
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Role
from gezhi.work.cases import queries as cases

INTAKE_ROLES = (Role.ACCEPTOR, Role.COMMUNITY_CLERK)
# Queues whose cases may be ended several at once, each with what was done and seen before it.
REVIEWED = frozenset({"spot", "closing"})


@require_GET
@staff_only()
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """One queue of the viewer, filtered and paged; nobody else's queue exists for them (Unseen).

    htmx asks for `#list` (the whole list) or `#more` (the next rows under it).
    """
    viewer = viewer_in(request)
    if name not in {row.name for row in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    source = of_queue(name, request.GET)
    form = filter_form(viewer, source)
    context = {
        **listed(viewer, source),
        "filters": form,
        "chosen": chosen(form, source),
        "clear_url": reverse("desk:queue", args=[name]),
        "review_url": reverse("desk:review", args=[name]) if name in REVIEWED else "",
        "takes_calls": viewer.has(*INTAKE_ROLES),
    }
    return page(
        request,
        "desk/queues/queue.html",
        context,
        parts={"list": "desk/queues/_list.html", "more": "desk/queues/_rows.html"},
    )
