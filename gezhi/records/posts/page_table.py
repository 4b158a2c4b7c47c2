"""呼叫值班: each call of somebody on duty about an urgent thing is a row."""

from django.db import models
from django.db.models import Q

from gezhi.kernel.ids import new_id


class PageLevel(models.TextChoices):
    """How far a call went up."""

    UNIT = "unit", "本单位值班"
    CHIEF = "chief", "街道值班长"
    LEADER = "leader", "领导"


class Outcome(models.TextChoices):
    WAITING = "waiting", "等应答"
    ANSWERED = "answered", "已应答"
    NO_ANSWER = "no_answer", "没有应答"
    DECLINED = "declined", "说来不了"
    NOBODY = "nobody", "没有人值班"


class Page(models.Model):
    """One call: about what, whom, when, what came of it. Without a user nobody was on duty there.

    What it is about is told by kind and id: this room knows no case. The calls of one `round` follow
    one another by `rank` until somebody answers; `is_over` once nobody needs to be called any more.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    subject_number = models.CharField(max_length=30)
    round = models.BigIntegerField(help_text="id of the step that began it")
    rank = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=PageLevel.choices)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, blank=True)
    called_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_over = models.BooleanField(default=False)

    class Meta:
        verbose_name = "呼叫值班"
        ordering = ["round", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "round", "rank"], name="one_page_per_rank"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="page_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, channel__gt="") | Q(outcome="nobody"),
                name="page_calls_somebody_or_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["called_at"], condition=Q(is_over=False), name="page_not_over"),
            models.Index(fields=["user", "is_over"], name="page_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.rank}"
