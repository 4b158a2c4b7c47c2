"""Who stood at the door of an invitation, and when."""

from django.db import models
from django.db.models import Q

from gezhi.kernel.ids import new_id


class Visit(models.Model):
    """One try with the code: let in, or not. Nothing says who it was but which phone it is."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    invitation = models.ForeignKey(
        "cases.Invitation", on_delete=models.PROTECT, related_name="visits"
    )
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10)
    device = models.PositiveSmallIntegerField(
        default=0, help_text="the first phone, the second…; 0 where it was not let in"
    )

    class Meta:
        verbose_name = "打开临时链接"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="let_in", device__gt=0) | Q(outcome="wrong_code", device=0),
                name="visit_outcome_known",
            ),
            # Two phones at one moment are not both the first.
            models.UniqueConstraint(
                fields=["invitation", "device"],
                condition=Q(outcome="let_in"),
                name="one_visit_per_device",
            ),
        ]
        indexes = [models.Index(fields=["invitation", "id"], name="visit_of_invitation")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"
