"""Reviewing an entry: published by another than who wrote it, sent back, looked at again, ended."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock, rows, words
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Refusal
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.knowledge import finding, queries, rules
from gezhi.work.knowledge.actions.writing import end, locked, require_unit, valid_review
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import ArticleState, Ending

# So many entries of a sheet are published in one transaction.
AT_ONCE = 500


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
    finding.enter([row])
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


def publish_batch(*, batch_id: int, by: Viewer) -> tuple[int, int]:
    """Publish what one sheet brought and still waits, in one deed: how many went, how many stay
    drafts: sent back to be put right, written by the reviewer, or expired.

    Refuses (NotPermitted) whoever does not review and who brought the sheet in, (Unseen) a sheet of
    another district, (Conflict) one of which nothing waits. Up to AT_ONCE go in one transaction, so
    that nobody else waits long; done again it goes on where it stopped.
    """
    require(by, Right.REVIEW_KNOWLEDGE)
    found = queries.imported_with(by, batch_id)
    if found.is_own or by.user_id is None:
        raise NotPermitted(_("这一批是您导入的，请另一个人来审"))
    if not found.waiting:
        raise Conflict(_("这一批没有等着审的了"), code="state")
    drafts = queries.drafts_of(by, found.batch)
    ids = sorted(drafts.order_by().values_list("pk", flat=True))
    done = sum(_publish_some(ids[at : at + AT_ONCE], by) for at in range(0, len(ids), AT_ONCE))
    audit.record(
        by=by,
        verb="knowledge.publish_batch",
        subject_kind="sheet_batch",
        subject_id=batch_id,
        detail={"articles": done, "stay": len(ids) - done},
    )
    return done, len(ids) - done


@transaction.atomic
def _publish_some(ids: Sequence[int], by: Viewer) -> int:
    today, now = clock.today(), clock.now()
    locked_rows = Article.objects.select_for_update(of=("self",)).filter(
        pk__in=ids,
        district_id=by.district_id or 0,
        state=ArticleState.DRAFT,
        returned_because="",
    )
    good = [
        row
        for row in locked_rows.exclude(written_by=by.user_id).order_by("id")
        if rules.is_offered(row.valid_to, today)
    ]
    standing = Article.objects.select_for_update(of=("self",)).filter(
        entry_id__in=[row.entry_id for row in good], state=ArticleState.PUBLISHED
    )
    for old in standing.order_by("id"):
        finding.leave(old)
        end(old, Ending.REPLACED, by)
    for row in good:
        row.state, row.reviewed_by, row.reviewed_at = (
            ArticleState.PUBLISHED.value, by.user_id, now
        )  # fmt: skip
    rows.change_each(good, ["state", "reviewed_by", "reviewed_at"])
    finding.enter(good)
    with rows.together():
        for row in good:
            _record(row, "knowledge.publish", by)
    return len(good)


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
