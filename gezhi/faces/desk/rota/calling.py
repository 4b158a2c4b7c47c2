"""A call about an urgent case, answered or declined by whoever was called."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.duty_answers import answer_call
from gezhi.kernel.rights import Right


@staff_only(Right.READ_ROTA)
@posted_from("desk:rota")
def call(request: HttpRequest, page_id: int, deed: str) -> HttpResponse:
    """Answer a call, or say that one cannot come; then the case."""
    number = answer_call(request, page_id, deed)
    return HttpResponseRedirect(reverse("desk:case", args=[number]), status=303)
