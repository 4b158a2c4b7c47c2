"""A dry run 试算: which drafts over which days, what they would have changed, case by case."""

from django.db import models
from django.db.models import Q

from gezhi.kernel.ids import new_id


class DryRunState(models.TextChoices):
    RUNNING = "running", "正在算"
    DONE = "done", "算好了"


class DryRun(models.Model):
    """One trial of drafts over the cases of some days; ids and counts alone."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    user_id = models.BigIntegerField(null=True, help_text="who asked")
    state = models.CharField(
        max_length=10, choices=DryRunState.choices, default=DryRunState.RUNNING
    )
    route_ids = models.JSONField(default=list, help_text="the drafts")
    names = models.JSONField(default=list, help_text="what they were called")
    first = models.DateField(help_text="the first day of the cases")
    last = models.DateField(help_text="the last one, counted")
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="when the last cases were reckoned")
    finished_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(
        default=0, help_text="cases of those days; 0 until they are counted"
    )
    done = models.PositiveIntegerField(default=0, help_text="of these looked at")
    run = models.PositiveSmallIntegerField(default=0, help_text="grows with each task asked for")
    figures = models.JSONField(default=dict, help_text="`rules.Tally` once it is done")

    class Meta:
        verbose_name = "试算"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DryRunState.values), name="dry_run_state_known"
            )
        ]
        indexes = [models.Index(fields=["district_id", "-begun_at"], name="dry_run_by_moment")]

    def __str__(self) -> str:
        return f"{self.first} {self.last}"


class DryRunCase(models.Model):
    """A case that would have gone elsewhere: from which unit to which, where it went in truth."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    dry_run = models.ForeignKey(DryRun, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
    before_id = models.BigIntegerField(help_text="the unit by the rules in force; 0 for none")
    after_id = models.BigIntegerField(help_text="the unit with the drafts; 0 for none")
    actual_id = models.BigIntegerField(help_text="the unit it was sent to last")
    route_id = models.BigIntegerField(null=True, help_text="the rule that fits with the drafts")

    class Meta:
        verbose_name = "试算里会变的事件"
        indexes = [
            models.Index(fields=["dry_run", "before_id", "after_id", "id"], name="dry_run_by_move")
        ]
