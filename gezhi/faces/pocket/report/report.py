"""上报 and 自行处置: taken in by the same deeds as every report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gezhi.faces.pocket.frame import frame, grid_words, see_other, workers_only
from gezhi.faces.pocket.report.forms import ReportForm, SpotForm
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.uploads import stored_with
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.records.places import queries as places


@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "POST"])
@workers_only
def report(request: HttpRequest) -> HttpResponse:
    """上报: sent to the unit that takes it in."""
    return _taken_in(request, ReportForm)


@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "POST"])
@workers_only
def spot(request: HttpRequest) -> HttpResponse:
    """自行处置: reported and settled in one go, passed by the community later."""
    return _taken_in(request, SpotForm)


@require_POST
@workers_only
def here(request: HttpRequest) -> HttpResponse:
    """Which grid a point lies in, said at once; a POST, for a position stands in no address."""
    viewer = viewer_in(request)
    try:
        longitude = float(request.POST.get("longitude", ""))
        latitude = float(request.POST.get("latitude", ""))
    except ValueError:
        return render(request, "pocket/report/here.html", {"words": ""})
    location = places.locate(viewer.district_id or 0, longitude, latitude)
    own = any(seat.area_id == location.grid_id for seat in viewer.seats_for(Right.WALK_GRID))
    context = {"words": places.words_of(location), "own": own, "asked": True}
    return render(request, "pocket/report/here.html", context)


def _taken_in(request: HttpRequest, form_class: type[ReportForm]) -> HttpResponse:
    viewer = viewer_in(request)
    if request.method == "GET":
        return _page(request, form_class(viewer))
    form = form_class(viewer, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        receipt = stored_with(
            form.pictures(), by=viewer, deed=form.do, repeated=lambda receipt: receipt.repeated
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, form, status=refusal.status)
    return see_other(reverse("pocket:case", args=[receipt.case_number]) + "?sent=1")


def _page(request: HttpRequest, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = frame(
        request,
        form=form,
        spot=form.is_settled,
        place_words=grid_words(viewer_in(request)),
        borders_url=reverse("resident:borders"),
        here_url=reverse("pocket:here"),
    )
    return render(request, "pocket/report/report.html", context, status=status)
