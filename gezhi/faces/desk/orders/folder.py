"""盯着的文件夹: where it is, and what came of each sheet that lay in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.sheets import queries as batches
from gezhi.ground.sheets.models import SheetBatch
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import queries, watching
from gezhi.work.orders.models import FolderFile


@require_GET
@staff_only(Right.EXCHANGE_ORDERS)
def folder(request: HttpRequest) -> HttpResponse:
    """The newest hundred."""
    viewer = viewer_in(request)
    path = watching.folder()
    context = {
        "path": path,
        "is_there": path is not None and path.is_dir(),
        "files": [(row, _progress(viewer, row)) for row in queries.folder_files(viewer)],
    }
    return render(request, "desk/orders/folder.html", context)


def _progress(viewer: Viewer, row: FolderFile) -> batches.Progress | None:
    if row.batch_id is None:
        return None
    try:
        batch: SheetBatch = batches.batch(viewer, row.batch_id)
    except Unseen:
        # Sheets that nobody began are let go of after a day.
        return None
    return batches.progress(batch)
