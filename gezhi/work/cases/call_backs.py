"""Rows of 回访: each call to a reporter about how it was done, and the one that is planned.

Part of `models`, which lists them. What nobody said is no opinion: a call that reached nobody, or somebody
who would not say, holds neither solved nor satisfied, and the database says so, too.
"""

from django.db import models
from django.db.models import Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.work.cases.bounds import moment, one_of


class CallBack(SealedRow):
    """One call to a reporter and what came of it; planned while it has no outcome."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="call_backs")
    report = models.ForeignKey("cases.Report", on_delete=models.PROTECT, related_name="call_backs")
    round = models.PositiveSmallIntegerField(help_text="after which handling of the case")
    planned_at = models.DateTimeField(null=True, help_text="empty: nobody planned it")
    tried_at = models.DateTimeField(null=True)
    by = models.BigIntegerField(null=True, help_text="who planned it, then who called")
    outcome = models.CharField(max_length=12, blank=True)
    resolved = models.CharField(max_length=12, blank=True)
    satisfied = models.CharField(max_length=14, blank=True)

    class Meta:
        verbose_name = "回访记录"
        constraints = [
            one_of("outcome", ["", "reached", "not_reached", "refused"], "call_back_outcome_known"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(outcome=""), name="one_planned_call_back"
            ),
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(tried_at__isnull=True) & Q(planned_at__isnull=False))
                | (~Q(outcome="") & Q(tried_at__isnull=False)),
                name="call_back_is_planned_or_tried",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="reached") & ~Q(resolved=""))
                | (~Q(outcome="reached") & Q(resolved="") & Q(satisfied="")),
                name="call_back_says_what_was_said",
            ),
            moment("planned_at", "call_back_plan_is_a_moment"),
            moment("tried_at", "call_back_try_is_a_moment"),
        ]
