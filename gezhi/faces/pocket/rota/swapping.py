"""换班: asked of a colleague from the phone; they answer at their own desk or phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gezhi.faces.pocket.frame import frame, see_other, workers_only
from gezhi.faces.shell.duty import shift_words
from gezhi.faces.shell.duty_swaps import SwapForm, swap_choices, swap_was_asked
from gezhi.faces.shell.middleware import viewer_in
from gezhi.records.posts import rota_queries as queries


@require_http_methods(["GET", "POST"])
@workers_only
def ask(request: HttpRequest, own_shift_id: int) -> HttpResponse:
    """Ask a colleague to swap one of the viewer's own shifts; Unseen for another's."""
    viewer = viewer_in(request)
    shift = queries.get_own_shift(viewer, own_shift_id)
    form = SwapForm(
        request.POST if request.method == "POST" else None, choices=swap_choices(viewer, shift)
    )
    if swap_was_asked(request, form, own_shift_id, viewer):
        return see_other(reverse("pocket:rota"))
    words = shift_words(shift.from_at, shift.to_at)
    context = frame(request, form=form, words=words, shift=shift)
    return render(request, "pocket/rota/swap.html", context, status=form.status)
