"""Rows beside a case: what its grid is asked, and to whom it was opened by need.

Part of `models`, which lists them; apart because they hang on the case and nothing on them.
"""

from django.db import models
from django.db.models import Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.work.cases.bounds import moment


class Verification(SealedRow):
    """A question to the grid worker, or to the community where no grid is known: does it exist?

    With its own clock.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="verifications")
    grid_id = models.BigIntegerField(null=True, help_text="empty: the community is asked")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=12, blank=True, help_text="exists, absent or unclear")

    class Meta:
        verbose_name = "核实"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["", "exists", "absent", "unclear"]),
                name="verification_answer_known",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="one_open_question"
            ),
            moment("due_at", "question_due_is_a_moment"),
        ]


class Opening(SealedRow):
    """A restricted case opened to one person until a moment: who, why, since when.

    One whose seal does not fit was written by hand and opens nothing.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="openings")
    user_id = models.BigIntegerField()
    purpose = models.CharField(max_length=20, help_text="code of the need")
    words = models.CharField(max_length=50, blank=True, help_text="the need in words, if other")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = "保密查看"
        indexes = [models.Index(fields=["user_id", "until"], name="opening_by_user")]
