"""A swap asked of a colleague, and answered by them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell import menu
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.duty import shift_words
from gezhi.faces.shell.duty_answers import answer_swap
from gezhi.faces.shell.duty_swaps import SwapForm, swap_choices, swap_was_asked
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.rights import Right
from gezhi.records.posts import rota_queries as queries


@require_http_methods(["GET", "POST"])
@staff_only(Right.READ_ROTA)
def ask(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Ask a colleague to swap one of the viewer's own shifts."""
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:rota"))
    shift = queries.get_own_shift(viewer, shift_id)
    form = SwapForm(request.POST or None, choices=swap_choices(viewer, shift))
    if swap_was_asked(request, form, shift_id, viewer):
        return HttpResponseRedirect(reverse("desk:rota"), status=303)
    context = {"form": form, "words": shift_words(shift.from_at, shift.to_at), "shift": shift}
    return render(request, "desk/rota/swap.html", context, status=form.status)


@staff_only(Right.READ_ROTA)
@posted_from("desk:rota")
def answer(request: HttpRequest, swap_id: int, deed: str) -> HttpResponse:
    """Agree, refuse, or take one's question back."""
    answer_swap(request, swap_id, deed)
    return HttpResponseRedirect(reverse("desk:rota"), status=303)
