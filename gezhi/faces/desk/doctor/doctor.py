"""体检: what is wrong with this machine and its data, why it matters, and what to do."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.doctor import queries
from gezhi.ground.doctor.queries import Examination
from gezhi.ground.doctor.rules import Finding, Level, worst_first
from gezhi.kernel.rights import Right

# Where a remedy is a click: the code of the finding, the page, and what the link says.
_PAGES = {
    "queue.undone": ("desk:failed", _("去看没做成的任务")),
    "queue.worker": ("desk:failed", _("看谁在做")),
    "queue.beat": ("desk:failed", _("看谁在做")),
    "queue.late": ("desk:failed", _("看现在的队")),
    "calendar.unannounced": ("desk:setup:calendar", _("去填放假安排")),
}
_LIGHTS = {Level.WELL: "green", Level.WATCH: "yellow", Level.BAD: "red"}
_ICONS = {Level.WELL: "done", Level.WATCH: "info", Level.BAD: "warning"}


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as the page shows it; `url` where its remedy is a page."""

    title: str
    finding: Finding
    color: str
    icon: str
    url: str
    deed: str


@require_GET
@staff_only(Right.SET_UP)
def doctor(request: HttpRequest) -> HttpResponse:
    """Look now; what is wrong stands first, what is well is folded away below."""
    found = queries.examine(viewer_in(request))
    lines = _lines(found)
    context = {
        "at": found.at,
        "level": found.level,
        "bad": found.counted(Level.BAD),
        "watch": found.counted(Level.WATCH),
        "wrong": [line for line in lines if line.finding.level is not Level.WELL],
        "well": [line for line in lines if line.finding.level is Level.WELL],
    }
    return render(request, "desk/doctor/doctor.html", context)


def _lines(found: Examination) -> list[Line]:
    titles = {finding: one.title for one in found.looked for finding in one.findings}
    return [_line(titles[finding], finding) for finding in worst_first(found.findings)]


def _line(title: str, finding: Finding) -> Line:
    name, deed = _PAGES.get(finding.code, ("", ""))
    return Line(
        title=title,
        finding=finding,
        color=_LIGHTS[finding.level],
        icon=_ICONS[finding.level],
        url=reverse(name) if name else "",
        deed=str(deed),
    )
