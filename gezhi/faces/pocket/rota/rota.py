"""我的值班: the worker's shifts, swaps they are asked for, calls that wait for an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gezhi.faces.pocket.frame import frame, see_other, workers_only
from gezhi.faces.shell.access import posted_from
from gezhi.faces.shell.duty import own_shifts, own_swaps
from gezhi.faces.shell.duty_answers import answer_call, answer_swap
from gezhi.faces.shell.middleware import viewer_in
from gezhi.records.posts import page_queries


@require_safe
@workers_only
def rota(request: HttpRequest) -> HttpResponse:
    """Calls first, then swaps to be answered, then the shifts of six weeks."""
    viewer = viewer_in(request)
    context = frame(
        request,
        calls=page_queries.own_calls(viewer, "case"),
        swaps=own_swaps(viewer),
        shifts=own_shifts(viewer),
    )
    return render(request, "pocket/rota/rota.html", context)


@workers_only
@posted_from("pocket:rota")
def swap(request: HttpRequest, swap_id: int, deed: str) -> HttpResponse:
    """Agree to a swap, refuse it, or take one's question back."""
    answer_swap(request, swap_id, deed)
    return see_other(reverse("pocket:rota"))


@workers_only
@posted_from("pocket:rota")
def call(request: HttpRequest, page_id: int, deed: str) -> HttpResponse:
    """Answer a call; whoever takes it goes to the case."""
    number = answer_call(request, page_id, deed)
    if deed == "answer":
        return see_other(reverse("pocket:case", args=[number]))
    return see_other(reverse("pocket:rota"))
