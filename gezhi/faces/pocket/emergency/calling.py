"""叫队伍: whoever of a crew walks a grid answers on the phone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gezhi.faces.pocket.frame import see_other, workers_only
from gezhi.faces.shell.access import posted_from
from gezhi.faces.shell.crew_answers import answer_crew


@workers_only
@posted_from("pocket:today")
def call(request: HttpRequest, crew_page_id: int, deed: str) -> HttpResponse:
    """Answer a call of a crew, or say that one cannot come."""
    answer_crew(request, crew_page_id, deed)
    return see_other(reverse("pocket:today"))
