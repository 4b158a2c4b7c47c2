"""A call of an emergency's crew, answered or declined by whoever was called."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import CrewCall

ANSWERS: dict[str, tuple[Callable[..., CrewCall], Promise]] = {
    "answer": (actions.answer_crew, gettext_lazy("记下了：您到岗，这一支不再叫别人。")),
    "decline": (actions.decline_crew, gettext_lazy("记下了：您来不了，已经叫下一位。")),
}


@staff_only(Right.SEE_EMERGENCY)
@posted_from("desk:emergencies")
def call(request: HttpRequest, crew_page_id: int, deed: str) -> HttpResponse:
    """Answer a call, or say that one cannot come."""
    if deed not in ANSWERS:
        raise Unseen("")
    act, words = ANSWERS[deed]
    try:
        row = act(page_id=crew_page_id, by=viewer_in(request))
    except Unseen:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return HttpResponseRedirect(reverse("desk:emergencies"), status=303)
    messages.success(request, str(words))
    return HttpResponseRedirect(reverse("desk:emergency", args=[row.emergency_id]), status=303)
