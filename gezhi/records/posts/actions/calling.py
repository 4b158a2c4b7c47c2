"""Calling who is on duty: a call is written, answered, declined, or found silent."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.notices import actions as notices
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Conflict, NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.calling import Callee
from gezhi.records.posts.models import Page
from gezhi.records.posts.page_table import Outcome

CHANNEL = "notice"


def call(
    callee: Callee,
    *,
    subject_kind: str,
    subject_id: int,
    subject_number: str,
    round: int,
    rank: int,
    kind: str,
    district_id: int,
    by: Viewer,
) -> bool:
    """Write one call and tell whom it is for, by the inbox and by the message provider, at any hour.

    In the caller's transaction. The same rank of a round calls once: False where it stood before.
    """
    page = Page(
        district_id=district_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_number=subject_number,
        round=round,
        rank=rank,
        level=callee.level,
        unit_id=callee.unit_id,
        user_id=callee.user_id,
        channel=CHANNEL if callee.user_id is not None else "",
        called_at=clock.now(),
        outcome=Outcome.WAITING if callee.user_id is not None else Outcome.NOBODY,
    )
    if not rows.insert_new(page):
        return False
    if callee.user_id is not None:
        key = f"page:{page.pk}"
        notices.notify_user(
            callee.user_id, kind, subject_kind, subject_id, subject_number, key,
            district_id=district_id,
        )  # fmt: skip
        notices.send_to_user(callee.user_id, kind, key, district_id=district_id)
    detail = {"user": callee.user_id, "level": callee.level, "rank": rank}
    _record(by, "posts.page", page, detail)
    return True


@transaction.atomic
def answer_page(*, page_id: int, by: Viewer) -> Page:
    """ "我来处理": whoever was called answers, late too; nobody else is called about it.

    Refuses anybody but the one called (NotPermitted), and a round that is over (Conflict).
    """
    page = _called(page_id, by)
    settle(page.subject_kind, page.subject_id, by=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def decline_page(*, page_id: int, by: Viewer) -> Page:
    """ "来不了": the next is called at once by whoever calls. Refuses as `answer_page`."""
    page = _called(page_id, by)
    page.outcome = Outcome.DECLINED
    page.answered_at = clock.now()
    page.answered_by_id = by.user_id
    page.save(update_fields=["outcome", "answered_at", "answered_by"])
    _record(by, "posts.decline_page", page, {})
    return page


def settle(subject_kind: str, subject_id: int, *, by: Viewer) -> int:
    """Somebody takes care of it: the calls that wait are answered by them and the round is over.

    In the caller's transaction; answers how many rows were not over. A task ends a round that
    nobody has to answer any more without an answer.
    """
    open_ = Page.objects.filter(subject_kind=subject_kind, subject_id=subject_id, is_over=False)
    found = list(open_.select_for_update().order_by("round", "rank"))
    own = [page for page in found if page.user_id is not None and page.user_id == by.user_id]
    waiting = [page for page in found if page.outcome == Outcome.WAITING]
    now = clock.now()
    for page in own[-1:] or waiting[-1:] or [one for one in found if one.user_id][-1:]:
        if by.user_id is None:
            break
        page.outcome = Outcome.ANSWERED
        page.answered_at = now
        page.answered_by_id = by.user_id
        page.save(update_fields=["outcome", "answered_at", "answered_by"])
        _record(by, "posts.answer_page", page, {})
    open_.filter(outcome=Outcome.WAITING).update(outcome=Outcome.NO_ANSWER)
    open_.update(is_over=True)
    return len(found)


def mark_silent(page: Page, *, by: Viewer) -> None:
    """Whoever was called had the time to answer and did not. In the caller's transaction."""
    page.outcome = Outcome.NO_ANSWER
    page.save(update_fields=["outcome"])
    _record(by, "posts.page_silent", page, {})


def _called(page_id: int, by: Viewer) -> Page:
    page = Page.objects.select_for_update().filter(pk=page_id).first()
    if page is None:
        raise Unseen("")
    if page.user_id is None or page.user_id != by.user_id:
        raise NotPermitted(_("这次呼叫找的是别人，由被叫的那一位应答"))
    if page.is_over or page.outcome == Outcome.DECLINED:
        raise Conflict(_("这次呼叫已经有人应答，或者已经结束"))
    return page


def _record(by: Viewer, verb: str, page: Page, detail: Mapping[str, object]) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject_kind="page",
        subject_id=page.pk,
        detail={"about": page.subject_id, **detail},
        unit_id=page.unit_id,
        district_id=page.district_id,
    )
