"""Finding the place of a case while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gezhi.faces.desk.cases.deeds.relocating import WORDS_LENGTH, place_choices
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.work.cases import queries as cases
from gezhi.work.triage.queries import advice_for_case


@require_POST
@staff_only()
def places(request: HttpRequest, number: str) -> HttpResponse:
    """The places that fit `place_words`, as choices for a form of this case; Unseen without it.

    Posted, so that what a reporter said of a place stands in no log.
    """
    viewer = viewer_in(request)
    case = cases.get(viewer, number)
    typed = request.POST.get("place_words", "").strip()[:WORDS_LENGTH]
    chosen = request.POST.get("place_id", "")[:20]
    view = None if typed else advice_for_case(viewer, case).of_place
    found = place_choices(case, typed=typed, chosen=chosen, view=view)
    context = {"found": found, "chosen": chosen, "typed": typed}
    return render(request, "desk/cases/deeds/_place_choices.html", context)
