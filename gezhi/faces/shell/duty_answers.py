"""Answers about duty, the same on every face: to a swap one is asked for, to a call at night."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.records.posts import actions as posts
from gezhi.records.posts import page_queries
from gezhi.work.cases import actions as cases

_Answers = dict[str, tuple[Callable[..., Any], Promise]]

SWAPS: _Answers = {
    "agree": (posts.agree_swap, _("换好了，值班表已经改过来。")),
    "refuse": (posts.refuse_swap, _("已告诉对方您不换。")),
    "withdraw": (posts.withdraw_swap, _("收回了，没有换。")),
}
CALLS: _Answers = {
    "answer": (cases.answer_call, _("记下了：您来处理，不再叫别人。")),
    "decline": (cases.decline_call, _("记下了：您来不了，已经叫下一位。")),
}


def answer_swap(request: HttpRequest, swap_id: int, deed: str) -> None:
    """Agree, refuse, or take one's question back; what came of it is a message of the next page.

    Unseen for a swap one has nothing to do with, or no such answer.
    """
    _answer(request, SWAPS, deed, swap_id=swap_id)


def answer_call(request: HttpRequest, page_id: int, deed: str) -> str:
    """Answer a call, or say that one cannot come; the number of the case. Unseen for others' calls."""
    number = page_queries.number_of_own_call(viewer_in(request), page_id, "case")
    _answer(request, CALLS, deed, page_id=page_id)
    return number


def _answer(request: HttpRequest, answers: _Answers, deed: str, **which: int) -> None:
    if deed not in answers:
        raise Unseen("")
    act, words = answers[deed]
    try:
        act(by=viewer_in(request), **which)
    except Unseen:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, str(words))
