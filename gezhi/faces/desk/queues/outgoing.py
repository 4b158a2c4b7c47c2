"""A long list on its way out: how far its file is, and the file, for who asked for it alone."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.queues.case_list import of_queue
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.downloads import file_on_disk
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page
from gezhi.ground.sheets import outgoing
from gezhi.ground.sheets.models import OutgoingState
from gezhi.kernel.errors import Unseen
from gezhi.work.cases.queries import QUEUES


@require_GET
@staff_only()
def progress(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """How many rows are written; asks again by itself until the file is there. Unseen for another's."""
    row = outgoing.of(viewer_in(request), outgoing_id)
    asked = outgoing.asked_of(row)
    if asked.get("queue") in QUEUES:
        menu.stand_at(request, reverse("desk:queue", args=[asked["queue"]]))
    context = {
        "row": row,
        "is_ready": row.state == OutgoingState.READY,
        "is_stalled": outgoing.is_stalled(row),
        "is_waiting": row.state == OutgoingState.WAITING,
        "list_url": of_queue(asked["queue"], asked).url if asked.get("queue") in QUEUES else "",
        "days": outgoing.KEPT.days,
        "gone_at": row.asked_at + outgoing.KEPT,
    }
    return page(request, "desk/queues/outgoing.html", context, part="desk/queues/_outgoing.html")


@require_GET
@staff_only()
def download(request: HttpRequest, outgoing_id: int) -> FileResponse:
    """The file; Unseen for another's, and before it is there."""
    row = outgoing.of(viewer_in(request), outgoing_id)
    path = outgoing.path_of(row)
    if row.state != OutgoingState.READY or not path.is_file():
        raise Unseen(_("这张表还没有准备好，或已经过了保存的日子，请重新导出"))
    return file_on_disk(path, row.name, row.finished_at or row.asked_at)
