"""知识条目 in its versions, what they are found by, and 答复模板."""

from django.db import models
from django.db.models import F, Q

from gezhi.kernel.ids import new_id
from gezhi.work.knowledge import rules
from gezhi.work.knowledge.rules import ArticleState, Audience, Ending

_WENT_OUT = Q(state=ArticleState.PUBLISHED) | Q(ended_because__in=[
    Ending.REPLACED.value, Ending.WITHDRAWN.value, Ending.EXPIRED.value
])  # fmt: skip


class Article(models.Model):
    """One version of one question and its answer; once published its words never change."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    entry_id = models.BigIntegerField(help_text="the same for every version: the id of the first")
    version = models.PositiveSmallIntegerField("第几版", default=1)
    state = models.CharField("状态", max_length=10, default=ArticleState.DRAFT.value)
    question = models.CharField("问题", max_length=rules.QUESTION_LENGTH)
    wordings = models.CharField(
        "还会怎么问", max_length=rules.WORDINGS_LENGTH, blank=True, help_text="one a line"
    )
    answer = models.CharField("答复", max_length=rules.ANSWER_LENGTH)
    basis = models.CharField("依据", max_length=rules.BASIS_LENGTH)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField("给谁看", max_length=10, default=Audience.RESIDENTS.value)
    area_ids = models.JSONField("适用哪里", default=list, help_text="none: the whole district")
    valid_to = models.DateField("有效期到", null=True, help_text="the last day it is offered")
    review_on = models.DateField("复审日")
    key = models.CharField(max_length=120, unique=True, help_text="sending twice writes one")
    written_by = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    returned_because = models.CharField(max_length=rules.BECAUSE_LENGTH, blank=True)
    reviewed_by = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = "知识条目"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "version"], name="one_article_per_version"),
            *(
                models.UniqueConstraint(
                    fields=["entry_id"],
                    condition=Q(state=state.value),
                    name=f"one_{state.value}_article",
                )
                for state in (ArticleState.PUBLISHED, ArticleState.DRAFT)
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ArticleState]),
                name="article_state_known",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[one.value for one in Audience]),
                name="article_audience_known",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(answer="") & ~Q(basis=""),
                name="article_is_whole",
            ),
            models.CheckConstraint(
                condition=~_WENT_OUT
                | (Q(reviewed_by__isnull=False) & Q(written_by__isnull=False)
                   & ~Q(reviewed_by=F("written_by"))),
                name="article_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(state=ArticleState.ENDED) & Q(ended_at__isnull=False) & ~Q(ended_because=""))
                | (~Q(state=ArticleState.ENDED) & Q(ended_at__isnull=True) & Q(ended_because="")),
                name="article_ended_iff_said_why",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["district_id", "state", "-id"], name="article_by_state"),
            models.Index(
                fields=["state", "review_on", "id"],
                condition=Q(state=ArticleState.PUBLISHED),
                name="article_by_review",
            ),
            models.Index(
                fields=["state", "valid_to", "id"],
                condition=Q(state=ArticleState.PUBLISHED) & Q(valid_to__isnull=False),
                name="article_by_last_day",
            ),
            # What a sheet says again is known by its question.
            models.Index(fields=["district_id", "question"], name="article_by_question"),
        ]

    def __str__(self) -> str:
        return self.question


class Sign(models.Model):
    """A pair of signs, or the last one of a run, and in how many published entries it stands.

    The row without a sign counts them all.
    """

    text = models.CharField(primary_key=True, max_length=8)
    first = models.CharField(max_length=4, db_index=True)
    articles = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "知识库的字"


class Posting(models.Model):
    """That a published entry asks with this pair of signs."""

    pk = models.CompositePrimaryKey("sign", "article_id")
    sign = models.CharField(max_length=8)
    article_id = models.BigIntegerField()

    class Meta:
        verbose_name = "知识库的检索行"
        indexes = [models.Index(fields=["article_id"], name="posting_by_article")]


class Template(models.Model):
    """答复模板: a stretch of an answer with slots `{…}`, for one deed; changed by beginning anew."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    name = models.CharField("名称", max_length=30)
    deed = models.CharField("用在哪一步", max_length=20)
    text = models.CharField("模板", max_length=1000)
    class_codes = models.JSONField("只用于这些类别", default=list, help_text="none: for all")
    key = models.CharField(max_length=120, unique=True, help_text="sending twice writes one")
    written_by = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "答复模板"
        ordering = ["deed", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "name"],
                condition=Q(ended_at=None),
                name="one_template_per_name",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="template_says_something"),
        ]

    def __str__(self) -> str:
        return self.name
