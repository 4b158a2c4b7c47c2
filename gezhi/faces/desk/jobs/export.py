"""Failed tasks as a sheet: what their page shows, by its query."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.jobs.task_words import task_words
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.jobs import queries as jobs
from gezhi.ground.sheets.writing import Column
from gezhi.kernel.rights import Right

MOST_TASKS = 5000


@require_GET
@staff_only(Right.TEND_TASKS)
def failed(request: HttpRequest) -> HttpResponseBase:
    """The failed tasks this viewer may tend."""
    viewer = viewer_in(request)
    titles = [
        _("任务"),
        _("程序里的名字"),
        _("错在哪儿"),
        _("试过"),
        _("排队时间"),
        _("停下的时间"),
    ]
    rows = (
        (task_words(one.path), one.path, one.error, one.attempts, one.enqueued_at, one.finished_at)
        for one in jobs.failed_tasks(viewer, limit=MOST_TASKS)
    )
    leaving = Leaving(
        name=_("没做成的任务"),
        columns=[Column(title) for title in titles],
        rows=lambda: rows,
        verb="jobs.export",
        back_url=reverse("desk:failed"),
    )
    return leave(request, viewer, leaving)
