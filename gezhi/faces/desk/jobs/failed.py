"""What did not get done, why, and whether to try again: failed tasks, and rows a loop went past."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.jobs.task_words import (
    KINDS,
    PROGRAMS,
    loop_words,
    schedule_words,
    task_words,
)
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.jobs import actions, queries
from gezhi.kernel.digits import case_number
from gezhi.kernel.errors import Conflict
from gezhi.kernel.rights import Right


@dataclass(frozen=True, slots=True)
class FailedLine:
    """A task that gave up, in an administrator's words; `path` and `error` are for whoever maintains."""

    id: int
    doing: str
    path: str
    error: str
    attempts: int
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A program of the background: what it is for, where and since when it runs, when it was heard."""

    name: str
    machine: str
    process: str
    begun_at: datetime | None
    seen_at: datetime
    late: bool


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


# How what a loop went past is called, where its own name is for programs.
_SUBJECTS = {"case": case_number, "schedule": schedule_words}


def _line(row: queries.StuckRow) -> StuckLine:
    return StuckLine(
        kind=str(KINDS.get(row.subject_kind, row.subject_kind)),
        subject=_SUBJECTS.get(row.subject_kind, str)(row.subject),
        is_case=row.subject_kind == "case",
        doing=loop_words(row.loop),
        why=_("程序出了没料到的错，请把下面这行告诉维护的人。") if row.unforeseen else row.words,
        place=row.words if row.unforeseen else "",
        since=row.since,
        last_at=row.last_at,
        times=row.times,
    )


def _failed_line(row: queries.FailedTask) -> FailedLine:
    return FailedLine(
        id=row.id,
        doing=task_words(row.path),
        path=row.path,
        error=row.error,
        attempts=row.attempts,
        finished_at=row.finished_at,
    )


def _program_line(row: queries.PulseRow) -> ProgramLine:
    return ProgramLine(
        name=str(PROGRAMS.get(row.kind, row.kind)),
        machine=row.machine,
        process=row.process,
        begun_at=row.begun_at,
        seen_at=row.seen_at,
        late=row.late,
    )


@require_GET
@staff_only(Right.TEND_TASKS)
def failed(request: HttpRequest) -> HttpResponse:
    """The failed tasks, what loops went past, the queue now, and which workers are alive."""
    viewer = viewer_in(request)
    stuck = queries.stuck(viewer)
    context = {
        "tasks": [_failed_line(row) for row in queries.failed_tasks(viewer)],
        "stuck": [_line(row) for row in stuck],
        "queue": queries.queue_state(viewer),
        "programs": [_program_line(row) for row in queries.pulses(viewer)],
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
