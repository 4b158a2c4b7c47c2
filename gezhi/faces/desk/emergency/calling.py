"""A call of an emergency's crew, answered or declined by whoever was called."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.crew_answers import answer_crew
from gezhi.kernel.rights import Right


@staff_only(Right.SEE_EMERGENCY)
@posted_from("desk:emergencies")
def call(request: HttpRequest, crew_page_id: int, deed: str) -> HttpResponse:
    """Answer a call, or say that one cannot come."""
    emergency_id = answer_crew(request, crew_page_id, deed)
    if emergency_id is None:
        return HttpResponseRedirect(reverse("desk:emergencies"), status=303)
    return HttpResponseRedirect(reverse("desk:emergency", args=[emergency_id]), status=303)
