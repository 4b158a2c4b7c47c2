"""/desk/backups/: whether this installation could be put back, and how it is seen to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.backups import actions, queries
from gezhi.ground.backups.amounts import size_words, span_words
from gezhi.ground.backups.models import Backup, Outcome, RestoreDrill
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right

_LIGHTS = {
    Outcome.GOOD: "green",
    Outcome.RUNNING: "yellow",
    Outcome.FAILED: "red",
    Outcome.STOPPED: "yellow",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One backup or drill: when, where, how it ended, how long it took, how much it was."""

    moment: datetime
    folder: str
    timed: bool
    light: str
    outcome: str
    fault: str
    took: str
    rows: int
    files: int
    size: str
    fresh: str
    lacking: int
    mended: int


@require_GET
@staff_only(Right.KEEP_BACKUPS)
def backups(request: HttpRequest) -> HttpResponse:
    """The newest backups and drills, what is wrong, and what to do."""
    viewer = viewer_in(request)
    good = queries.last_good()
    context = {
        "worry": queries.worry(),
        "good": good,
        "folder": settings.GEZHI_BACKUP,
        "hour": queries.hour(),
        "retention": queries.retention(),
        "running": queries.running(),
        "backups": [_backup_line(row) for row in queries.newest(viewer)],
        "drills": [_drill_line(row) for row in queries.newest_drills(viewer)],
    }
    return render(request, "desk/backups/backups.html", context)


@staff_only(Right.KEEP_BACKUPS)
@posted_from("desk:backups")
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a backup now; one that is being made is enough."""
    try:
        actions.ask(by=viewer_in(request))
        messages.success(request, _("几秒后开始备份，做好了这里就有。"))
    except (Conflict, Invalid) as refusal:
        messages.warning(request, str(refusal.message))
    return HttpResponseRedirect(reverse("desk:backups"), status=303)


def _backup_line(row: Backup) -> Line:
    return _line(row, timed=row.timed, seconds=row.counts.get("seconds"))


def _drill_line(row: RestoreDrill) -> Line:
    return _line(row, timed=False, seconds=row.seconds)


def _line(row: Backup | RestoreDrill, *, timed: bool, seconds: Any) -> Line:
    counts = row.counts
    return Line(
        moment=row.begun_at,
        folder=row.folder,
        timed=timed,
        light=_LIGHTS[Outcome(row.outcome)],
        outcome=row.get_outcome_display(),
        fault=row.fault,
        took=span_words(seconds) if seconds is not None else "",
        rows=counts.get("rows", 0),
        files=counts.get("files", 0),
        size=size_words(counts.get("bytes", 0)),
        fresh=size_words(counts["new_bytes"]) if "new_bytes" in counts else "",
        lacking=counts.get("lacking", 0),
        mended=counts.get("mended", 0),
    )
