"""Failed tasks: what did not get done, why, and whether to try again; for whoever tends them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.jobs import actions, queries
from gezhi.kernel.errors import Conflict
from gezhi.kernel.viewer import Role


@require_GET
@staff_only(Role.SYSTEM_ADMINISTRATOR)
def failed(request: HttpRequest) -> HttpResponse:
    """The failed tasks, the queue now, and which workers are alive."""
    viewer = viewer_in(request)
    context = {
        "tasks": queries.failed_tasks(viewer),
        "queue": queries.queue_state(viewer),
        "pulses": queries.pulses(viewer),
    }
    return render(request, "desk/failed/failed.html", context)


@require_POST
@staff_only(Role.SYSTEM_ADMINISTRATOR)
def tend(request: HttpRequest, task_id: int, deed: str) -> HttpResponse:
    """Try a failed task again, or give it up; one that is no longer failed is left as it is."""
    viewer = viewer_in(request)
    try:
        if deed == "retry":
            actions.retry(task_id=task_id, by=viewer)
            messages.success(request, _("已重新排队，几秒后会再试。"))
        else:
            actions.abandon(task_id=task_id, by=viewer)
            messages.success(request, _("已放弃这项任务，记录还在。"))
    except Conflict as refusal:
        messages.warning(request, str(refusal.message))
    return HttpResponseRedirect(reverse("desk:failed"), status=303)
