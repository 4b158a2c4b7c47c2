"""A colleague's phone, opened for whoever has to reach them; each opening is recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gezhi.faces.shell import menu
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.rights import Right
from gezhi.records.posts import actions


@staff_only(Right.SEE_WORK_PHONE)
@posted_from("desk:rota")
def phone(request: HttpRequest, user_id: int) -> HttpResponse:
    """Name, seats and phone of somebody of the district; a page of its own, never kept."""
    opened = actions.open_work_phone(user_id=user_id, by=viewer_in(request))
    menu.stand_at(request, reverse("desk:rota"))
    answer = render(request, "desk/rota/phone.html", {"opened": opened})
    answer["Cache-Control"] = "no-store"
    return answer
