"""A call of an emergency's crew, answered or declined by whoever was called; the same on every face."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import CrewCall

ANSWERS: dict[str, tuple[Callable[..., CrewCall], Promise]] = {
    "answer": (actions.answer_crew, _("记下了：您到岗，这一支不再叫别人。")),
    "decline": (actions.decline_crew, _("记下了：您来不了，已经叫下一位。")),
}


def answer_crew(request: HttpRequest, page_id: int, deed: str) -> int | None:
    """Answer a call, or say that one cannot come; what came of it is a message of the next page.

    The id of the emergency; None where it was refused. Unseen for no such call, or no such answer.
    """
    if deed not in ANSWERS:
        raise Unseen("")
    act, words = ANSWERS[deed]
    try:
        row = act(page_id=page_id, by=viewer_in(request))
    except Unseen:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return None
    messages.success(request, str(words))
    return row.emergency_id
