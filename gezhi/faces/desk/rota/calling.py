"""A call about an urgent case, answered or declined by whoever was called."""

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
from gezhi.records.posts import page_queries
from gezhi.records.posts.models import Page
from gezhi.work.cases import actions

ANSWERS: dict[str, tuple[Callable[..., Page], Promise]] = {
    "answer": (actions.answer_call, gettext_lazy("记下了：您来处理，不再叫别人。")),
    "decline": (actions.decline_call, gettext_lazy("记下了：您来不了，已经叫下一位。")),
}


@staff_only(Right.READ_ROTA)
@posted_from("desk:rota")
def call(request: HttpRequest, page_id: int, deed: str) -> HttpResponse:
    """Answer a call, or say that one cannot come; then the case."""
    viewer = viewer_in(request)
    if deed not in ANSWERS:
        raise Unseen("")
    number = page_queries.number_of_own_call(viewer, page_id)
    act, words = ANSWERS[deed]
    try:
        act(page_id=page_id, by=viewer)
    except Unseen:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, str(words))
    return HttpResponseRedirect(reverse("desk:case", args=[number]), status=303)
