"""What did not get done, why, and whether to try again: failed tasks, and rows a loop went past."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.jobs import actions, queries
from gezhi.kernel.digits import case_number
from gezhi.kernel.errors import Conflict
from gezhi.kernel.rights import Right

# What a loop was doing, by its name in `jobs.sweeps`.
LOOPS = {
    "beat": gettext_lazy("给定时任务排队"),
    "lift": gettext_lazy("把没人的单位的事往上提"),
    "archive": gettext_lazy("把办结的事归档"),
    "recompute": gettext_lazy("照新日历重算时限"),
    "clean-files": gettext_lazy("清理不用的照片"),
    "empty-erased": gettext_lazy("清空删除过的原话"),
    "forget-confidential": gettext_lazy("放下保密事项里学到的"),
    "take-up-missed": gettext_lazy("补做查重用的特征"),
    "reckon": gettext_lazy("算建议准不准"),
    "settle-merged": gettext_lazy("对照合并过的事"),
    "find-topics": gettext_lazy("找热点"),
}
KINDS = {
    "case": gettext_lazy("案件"),
    "district": gettext_lazy("区县"),
    "file": gettext_lazy("照片文件"),
    "schedule": gettext_lazy("定时任务"),
}


@dataclass(frozen=True, slots=True)
class StuckLine:
    """A row a loop went past, in an administrator's words."""

    kind: str
    subject: str
    is_case: bool
    doing: str
    why: str
    place: str
    since: datetime
    last_at: datetime
    times: int


def _line(row: queries.StuckRow) -> StuckLine:
    is_case = row.subject_kind == "case"
    return StuckLine(
        kind=str(KINDS.get(row.subject_kind, row.subject_kind)),
        subject=case_number(row.subject) if is_case else row.subject,
        is_case=is_case,
        doing=str(LOOPS.get(row.loop, row.loop)),
        why=_("程序出了没料到的错，请把下面这行告诉维护的人。") if row.unforeseen else row.words,
        place=row.words if row.unforeseen else "",
        since=row.since,
        last_at=row.last_at,
        times=row.times,
    )


@require_GET
@staff_only(Right.TEND_TASKS)
def failed(request: HttpRequest) -> HttpResponse:
    """The failed tasks, what loops went past, the queue now, and which workers are alive."""
    viewer = viewer_in(request)
    stuck = queries.stuck(viewer)
    context = {
        "tasks": queries.failed_tasks(viewer),
        "stuck": [_line(row) for row in stuck],
        "queue": queries.queue_state(viewer),
        "pulses": queries.pulses(viewer),
    }
    return render(request, "desk/jobs/failed.html", context)


@staff_only(Right.TEND_TASKS)
@posted_from("desk:failed")
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
