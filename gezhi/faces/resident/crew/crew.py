"""我的网格员: who looks after a place, when and where to meet them, whom to call."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gezhi.faces.resident.report.forms import WhereForm
from gezhi.faces.resident.report.place import Choice, find
from gezhi.faces.resident.report.report import choice_of
from gezhi.faces.resident.stranger import stranger
from gezhi.faces.shell.access import needs_no_cookie
from gezhi.faces.shell.pages import page
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role
from gezhi.records.posts.crew import CrewMember, crew_of
from gezhi.records.posts.rota_queries import on_duty
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def grid_worker(request: HttpRequest) -> HttpResponse:
    """Choose a place; the crew of its grid and community stands below. Nothing is stored.

    POST, so that an address somebody lives at stands in no log.
    """
    by = stranger()
    form = WhereForm(request.POST if request.method == "POST" else None)
    choice = Choice()
    if request.method == "POST":
        form.is_valid()
        choice = choice_of(form, last=request.headers.get("HX-Trigger", ""))
    found = find(by, by.district_id or 0, choice, neighbors=False)
    community_id = found.location.community_id
    crew = crew_of(by.district_id or 0, found.location) if found.is_located else []
    office = units.office_of(community_id) if community_id else None
    context = {
        "form": form,
        "found": found,
        "crew": [member for member in crew if _comes_first(member)],
        "more_crew": [member for member in crew if not _comes_first(member)],
        "office": office,
        "at_work": office is not None and is_there(office),
        "asked": request.method == "POST",
        "where_url": reverse("resident:grid_worker"),
        "borders_url": reverse("resident:borders"),
    }
    return page(request, "resident/crew/crew.html", context, part="resident/crew/crew_found.html")


def is_there(office: Unit) -> bool:
    """Whether somebody takes the phone of an office now: in its hours, or on duty."""
    if units.is_at_work(office, clock.now(), codes.calendar()):
        return True
    return bool(on_duty([office.pk]))


def _comes_first(member: CrewMember) -> bool:
    """Whom a resident looks for: the grid worker, and whoever says when and where to meet."""
    return member.role is Role.GRID_WORKER or bool(member.meeting_words)
