"""Reviewing an entry: published by another than who wrote it, sent back, looked at again, ended."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Refusal
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.knowledge import finding, rules
from gezhi.work.knowledge.actions.writing import end, locked, require_unit, valid_review
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import ArticleState, Ending


@transaction.atomic
def publish(*, article: Article, by: Viewer) -> Article:
    """Have a draft offered from now on, in place of the version before it.

    Refuses (NotPermitted) whoever does not review and who wrote it, (Conflict) what is no draft any
    more or has expired before anybody read it. Published already by the same person changes nothing.
    """
    require(by, Right.REVIEW_KNOWLEDGE)
    row = locked(article, by)
    if row.state == ArticleState.PUBLISHED and row.reviewed_by == by.user_id:
        return row
    if row.state != ArticleState.DRAFT:
        raise Conflict(_("它已经不是草稿了"), code="state")
    if by.user_id is None or row.written_by == by.user_id:
        raise NotPermitted(_("谁写的谁不能审：请另一个人来审"))
    if not rules.is_offered(row.valid_to, clock.today()):
        raise Conflict(_("有效期已经过了，请先改有效期"), code="expired")
    standing = Article.objects.select_for_update(of=("self",)).filter(
        entry_id=row.entry_id, state=ArticleState.PUBLISHED
    )
    for old in standing:
        finding.leave(old)
        end(old, Ending.REPLACED, by)
    row.state, row.reviewed_by, row.reviewed_at = (
        ArticleState.PUBLISHED.value, by.user_id, clock.now()
    )  # fmt: skip
    row.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    finding.enter(row)
    _record(row, "knowledge.publish", by)
    return row


def publish_each(*, articles: Iterable[Article], by: Viewer) -> tuple[int, list[str]]:
    """Publish several drafts, each by itself: how many went, and why each of the others did not."""
    require(by, Right.REVIEW_KNOWLEDGE)
    done, kept = 0, []
    for article in articles:
        try:
            publish(article=article, by=by)
            done += 1
        except Refusal as refusal:
            said = _("“%(question)s”：%(why)s")
            kept.append(said % {"question": article.question, "why": refusal.message})
    return done, kept


@transaction.atomic
def send_back(*, article: Article, because: str, by: Viewer) -> Article:
    """Send a draft back to who wrote it, with what to put right. Refuses (Invalid) without words."""
    require(by, Right.REVIEW_KNOWLEDGE)
    plain = words.line(because, field="because", most=rules.BECAUSE_LENGTH)
    if not plain:
        raise Invalid(_("请写明哪里要改"), field="because")
    row = locked(article, by)
    if row.state != ArticleState.DRAFT:
        raise Conflict(_("它已经不是草稿了"), code="state")
    row.returned_because = plain
    row.save(update_fields=["returned_because"])
    _record(row, "knowledge.send_back", by)
    return row


@transaction.atomic
def confirm(*, article: Article, review_on: date, by: Viewer) -> Article:
    """Looked at again and still right: the next review date. Refuses (Conflict) what is not published,
    (NotPermitted) another unit than the owner or the centre."""
    require(by, Right.KEEP_KNOWLEDGE)
    valid_review(review_on)
    row = locked(article, by)
    require_unit(by, row.unit_id)
    if row.state != ArticleState.PUBLISHED:
        raise Conflict(_("它已经停用了"), code="state")
    row.review_on = review_on
    row.save(update_fields=["review_on"])
    _record(row, "knowledge.confirm", by, review_on=review_on.isoformat())
    return row


@transaction.atomic
def withdraw(*, article: Article, by: Viewer) -> Article:
    """Offer it no more, from now on. Refuses (Conflict) what is not published."""
    require(by, Right.KEEP_KNOWLEDGE)
    row = locked(article, by)
    require_unit(by, row.unit_id)
    if row.state != ArticleState.PUBLISHED:
        raise Conflict(_("它已经停用了"), code="state")
    finding.leave(row)
    end(row, Ending.WITHDRAWN, by)
    return row


@transaction.atomic
def end_expired(*, article_id: int, by: Viewer) -> bool:
    """End an entry whose last day is over; nothing happens to another. For the timed task."""
    row = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    if row.state != ArticleState.PUBLISHED or rules.is_offered(row.valid_to, clock.today()):
        return False
    finding.leave(row)
    end(row, Ending.EXPIRED, by)
    return True


def _record(row: Article, verb: str, by: Viewer, **more: str) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject_kind="article",
        subject_id=row.pk,
        detail={"entry": row.entry_id, "article_version": row.version, **more},
    )
