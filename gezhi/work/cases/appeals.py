"""Rows of 申诉 and 剔除: what a unit says was counted wrong, and what is left out of the figures.

Part of `models`, which lists them.
"""

from django.db import models
from django.db.models import F, Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.work.cases.bounds import one_of

ABOUT = ["misrouted", "late", "score"]
SCOPES = ["case", "assignment", "stage", "rating"]


class Appeal(SealedRow):
    """One appeal: a unit says that an assignment, a stage or a score of its own was counted wrong.

    Of a score, the call it was given to, and what it was before and after the decision.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="appeals")
    about = models.CharField(max_length=10, help_text="misrouted, late or score")
    assignment = models.ForeignKey(
        "cases.Assignment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    stage = models.ForeignKey(
        "cases.StageRow", on_delete=models.PROTECT, null=True, related_name="+"
    )
    unit_id = models.BigIntegerField(help_text="who appeals")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    granted = models.BooleanField(null=True)
    score_before = models.PositiveSmallIntegerField(null=True, help_text="the score appealed")
    score_after = models.PositiveSmallIntegerField(null=True, help_text="the score set anew")

    class Meta:
        verbose_name = "申诉"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_at=None), name="one_open_appeal"
            ),
            one_of("about", ABOUT, "appeal_about_known"),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False) | Q(stage__isnull=False),
                name="appeal_names_what_was_counted",
            ),
            models.CheckConstraint(
                condition=Q(about="score", assignment__isnull=False, score_before__isnull=False)
                | (~Q(about="score") & Q(score_before=None)),
                name="appeal_of_a_score_names_it",
            ),
            models.CheckConstraint(
                condition=Q(score_after=None)
                | (Q(granted=True, about="score") & ~Q(score_after=F("score_before"))),
                name="appeal_sets_a_score_granted",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="appeal_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["district_id", "case"],
                condition=Q(decided_at=None),
                name="appeal_waiting",
            ),
        ]


class Exclusion(SealedRow):
    """Something of a case that does not count in any figure: what, why, by whom, until taken back."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="exclusions")
    scope = models.CharField(max_length=10, help_text="case, assignment, stage or rating")
    assignment = models.ForeignKey(
        "cases.Assignment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    stage = models.ForeignKey(
        "cases.StageRow", on_delete=models.PROTECT, null=True, related_name="+"
    )
    report = models.ForeignKey(
        "cases.Report", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason_code = models.CharField(max_length=40)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, null=True, related_name="+")
    excluded_at = models.DateTimeField()
    excluded_by = models.BigIntegerField(null=True)
    included_at = models.DateTimeField(null=True, help_text="it counts again from then on")
    included_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "剔除"
        constraints = [
            one_of("scope", SCOPES, "exclusion_scope_known"),
            models.CheckConstraint(
                condition=Q(scope="case", assignment=None, stage=None, report=None)
                | Q(scope="assignment", assignment__isnull=False, stage=None, report=None)
                | Q(scope="stage", assignment=None, stage__isnull=False, report=None)
                | Q(scope="rating", assignment=None, stage=None, report__isnull=False),
                name="exclusion_names_its_scope",
            ),
            *(
                models.UniqueConstraint(
                    fields=[what],
                    condition=Q(scope=scope, included_at=None),
                    name=f"one_exclusion_of_{scope}",
                )
                for scope, what in zip(
                    SCOPES, ["case", "assignment", "stage", "report"], strict=True
                )
            ),
        ]
