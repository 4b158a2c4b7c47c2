"""Writing an entry: a draft of its first version, or of the next one of what is published."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted
from gezhi.kernel.ids import new_id
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.models import Area
from gezhi.records.units import queries as units
from gezhi.work.knowledge import rules
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import ArticleState, Audience, Ending, Written


@transaction.atomic
def write(*, written: Written, by: Viewer, key: str, of: Article | None = None) -> Article:
    """A draft that waits for another to review it. The same key writes once and answers the same.

    Without `of` a new entry; of a draft that draft, put right; of what is published its next version,
    while the published one goes on being offered. Refuses (NotPermitted) who keeps no entries of
    the unit, (Invalid, at its field) what is not whole, (Conflict) an entry that has a draft already
    or is published or ended meanwhile.
    """
    require(by, Right.KEEP_KNOWLEDGE)
    if not key:
        raise Invalid(_("缺少操作编号，请重新打开页面"))
    before = Article.objects.filter(key=key).first()
    if before is not None:
        if before.written_by != by.user_id:
            raise KeyReused(_("这一步刚才已经提交过，没有再做一次。"))
        return before
    whole = valid(written, by)
    columns = {
        "question": whole.question,
        "wordings": whole.wordings,
        "answer": whole.answer,
        "basis": whole.basis,
        "unit_id": whole.unit_id,
        "audience": whole.audience,
        "area_ids": list(whole.area_ids),
        "valid_to": whole.valid_to,
        "review_on": whole.review_on,
        "written_by": by.user_id,
        "written_at": clock.now(),
        "returned_because": "",
        "key": key,
    }
    if of is None:
        row_id = new_id()
        row = Article(id=row_id, entry_id=row_id, district_id=by.district_id or 0, **columns)
        row.save(force_insert=True)
    else:
        row = _changed(of, columns, by)
    audit.record(
        by=by,
        verb="knowledge.write",
        subject_kind="article",
        subject_id=row.pk,
        detail={"entry": row.entry_id, "article_version": row.version},
    )
    return row


def _changed(of: Article, columns: dict[str, object], by: Viewer) -> Article:
    require_district(by, of.district_id)
    versions = Article.objects.select_for_update().filter(entry_id=of.entry_id)
    standing = {row.pk: row for row in versions}[of.pk]
    require_unit(by, standing.unit_id)
    if standing.state == ArticleState.DRAFT:
        # The key stays that of the first writing: brought again it must not write another entry.
        changed = {name: value for name, value in columns.items() if name != "key"}
        for name, value in changed.items():
            setattr(standing, name, value)
        standing.save(update_fields=list(changed))
        return standing
    if standing.state != ArticleState.PUBLISHED:
        raise Conflict(_("这一版已经停用，请从在用的那一版改"), code="ended")
    if versions.filter(state=ArticleState.DRAFT).exists():
        raise Conflict(_("这一条已有一份没审的草稿，请在那份上改"), code="draft")
    last = versions.aggregate(last=Max("version"))["last"]
    row = Article(
        id=new_id(), entry_id=of.entry_id, district_id=of.district_id, version=last + 1, **columns
    )
    row.save(force_insert=True)
    return row


@transaction.atomic
def drop(*, article: Article, by: Viewer) -> Article:
    """A draft that is not wanted: kept, and offered nowhere. Refuses (Conflict) what is no draft."""
    require(by, Right.KEEP_KNOWLEDGE)
    row = locked(article, by)
    require_unit(by, row.unit_id)
    if row.state != ArticleState.DRAFT:
        raise Conflict(_("它已经不是草稿了"), code="state")
    end(row, Ending.DROPPED, by)
    return row


@transaction.atomic
def take_back(*, article_id: int, by: Viewer) -> None:
    """Take a draft out that a sheet brought; refuses (Conflict) what was reviewed since."""
    require(by, Right.KEEP_KNOWLEDGE)
    row = Article.objects.select_for_update().filter(pk=article_id).first()
    if row is None:
        return
    if row.state != ArticleState.DRAFT:
        raise Conflict(_("已经审过，不能撤销；不要了请停用"))
    audit.record(by=by, verb="knowledge.take_back", subject_kind="article", subject_id=row.pk)
    row.delete()


def locked(article: Article, by: Viewer) -> Article:
    """The row as it is now, locked; refuses (Unseen) one of another district."""
    require_district(by, article.district_id)
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def end(row: Article, because: Ending, by: Viewer) -> None:
    """End a locked version and say so in the trail; who found it by words is told by the caller."""
    row.state, row.ended_at, row.ended_because = ArticleState.ENDED.value, clock.now(), because
    row.save(update_fields=["state", "ended_at", "ended_because"])
    audit.record(
        by=by,
        verb="knowledge.end",
        subject_kind="article",
        subject_id=row.pk,
        detail={"entry": row.entry_id, "because": because.value},
    )


def require_unit(by: Viewer, unit_id: int) -> None:
    """Refuses (NotPermitted) whoever keeps neither the entries of all units nor of this one."""
    if by.is_system or by.may(Right.KEEP_ALL_KNOWLEDGE):
        return
    if unit_id not in {seat.unit_id for seat in by.seats_for(Right.KEEP_KNOWLEDGE)}:
        raise NotPermitted(_("这一条归别的单位管，请归口单位或街道网格中心来改"))


def valid(written: Written, by: Viewer) -> Written:
    """What was written, cleaned; Invalid at the field that is missing, too long or no such thing."""
    question = words.line(written.question, field="question", most=rules.QUESTION_LENGTH)
    if len(question) < 2:
        raise Invalid(_("请写问题，像人会问的那样"), field="question")
    unit = units.find(by.district_id or 0, written.unit_id)
    if unit is None:
        raise Invalid(_("没有这个单位，请重新选"), field="unit")
    require_unit(by, unit.pk)
    if written.audience not in set(Audience):
        raise Invalid(_("请选给谁看"), field="audience")
    today = clock.today()
    if written.valid_to is not None and written.valid_to < today:
        raise Invalid(_("有效期已经过了，过期的不会给人看"), field="valid_to")
    review_on = written.review_on or today + timedelta(
        days=int(codes.figure("article_review_days"))
    )
    if written.valid_to is not None and written.review_on is None:
        review_on = min(review_on, written.valid_to)
    valid_review(review_on)
    return Written(
        question=question,
        wordings=_lines(written.wordings),
        answer=_text(written.answer, "answer", _("答复"), rules.ANSWER_LENGTH),
        basis=_text(written.basis, "basis", _("依据"), rules.BASIS_LENGTH),
        unit_id=unit.pk,
        audience=written.audience,
        area_ids=_areas(written.area_ids, by),
        valid_to=written.valid_to,
        review_on=review_on,
    )


def valid_review(day: date) -> None:
    """Refuses (Invalid) a review date that is over or too far away to be one."""
    ahead = (day - clock.today()).days
    if ahead < 0:
        raise Invalid(_("复审日已经过去了，请写今天或以后"), field="review_on")
    if ahead > rules.FARTHEST_REVIEW_DAYS:
        raise Invalid(_("复审日太远，最多三年以后"), field="review_on")


def _text(text: str, field: str, name: str, most: int) -> str:
    plain = words.clean(text, field=field)
    if not plain:
        raise Invalid(_("请写明%(what)s") % {"what": name}, field=field)
    if len(plain) > most:
        said = _("太长：最多 %(most)d 个字，现在 %(now)d 个")
        raise Invalid(said % {"most": most, "now": len(plain)}, field=field)
    return plain


def _lines(text: str) -> str:
    lines = [words.line(line, field="wordings", most=rules.QUESTION_LENGTH)
             for line in words.clean(text, field="wordings").splitlines()]  # fmt: skip
    kept = "\n".join(dict.fromkeys(line for line in lines if line))
    if len(kept) > rules.WORDINGS_LENGTH:
        said = _("太长：最多 %(most)d 个字，现在 %(now)d 个")
        raise Invalid(said % {"most": rules.WORDINGS_LENGTH, "now": len(kept)}, field="wordings")
    return kept


def _areas(area_ids: tuple[int, ...], by: Viewer) -> tuple[int, ...]:
    asked = tuple(dict.fromkeys(area_ids))
    if not asked:
        return ()
    known = Area.objects.filter(pk__in=asked, district_id=by.district_id or 0, in_use=True)
    if known.count() != len(asked):
        raise Invalid(_("有的区域已经没有了，请重新选"), field="areas")
    return asked
