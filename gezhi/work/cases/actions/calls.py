"""Calls of who is on duty about a case, answered by whoever was called."""

from django.db import transaction

from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Page
from gezhi.work.cases.paging import call_after


@transaction.atomic
def answer_call(*, page_id: int, by: Viewer) -> Page:
    """ "我来处理": nobody else is called about the case. Refuses anybody but the one called
    (NotPermitted; Unseen for a call that never was), and a round that is over (Conflict)."""
    return posts.answer_page(page_id=page_id, by=by)


@transaction.atomic
def decline_call(*, page_id: int, by: Viewer) -> Page:
    """ "来不了": the next is called at once, where this was the last call. Refuses as `answer_call`."""
    page = posts.decline_page(page_id=page_id, by=by)
    call_after(page.subject_id)
    return page
