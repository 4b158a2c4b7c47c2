"""点名: the grid answers, safe by one thumb, trouble by words and photos."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gezhi.faces.pocket.emergency.forms import AnswerForm
from gezhi.faces.pocket.frame import frame, see_other, workers_only
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.uploads import stored_with
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.work.emergency import queries
from gezhi.work.emergency.queries import Asked


@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "POST"])
@workers_only
def roll_call(request: HttpRequest, emergency_id: int, grid_id: int) -> HttpResponse:
    """One grid of the viewer's in one emergency; Unseen for another's, and of one that is over but
    for what was written before and comes only now."""
    viewer = viewer_in(request)
    over = request.method == "POST" or "done" in request.GET
    found = queries.get_asked(viewer, emergency_id, over=over)
    asked = next((one for one in found if one.grid_id == grid_id), None)
    if asked is None:
        raise Unseen("")
    if request.method == "GET" and asked.said and "done" in request.GET:
        context = frame(request, asked=asked, place_words=asked.grid)
        return render(request, "pocket/emergency/answered.html", context)
    if request.method == "GET":
        return _page(request, asked, AnswerForm(viewer, asked))
    form = AnswerForm(viewer, asked, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    try:
        stored_with(
            form.pictures(), by=viewer, deed=form.do, repeated=lambda answer: answer.repeated
        )
    except Unseen:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, asked, form, status=refusal.status)
    return see_other(f"{request.path}?done=1")


def _page(
    request: HttpRequest, asked: Asked, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context = frame(request, form=form, asked=asked, place_words=asked.grid)
    return render(request, "pocket/emergency/roll_call.html", context, status=status)
