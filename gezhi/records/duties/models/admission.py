"""社区事项准入: who asked to hand what to a community, what the list said, who let it in."""

from django.db import models
from django.db.models import Q

from gezhi.kernel.ids import new_id
from gezhi.records.duties.models.duty import Duty


class AdmissionState(models.TextChoices):
    LISTED = "listed", "清单内"
    REFUSED = "refused", "不予准入"
    ALLOWED = "allowed", "街道准入"


class Admission(models.Model):
    """One asking of a unit to hand a matter to a community office, and its answer."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", help_text="a community office"
    )
    class_code = models.CharField("事项类别", max_length=40)
    matter = models.CharField("事项", max_length=100)
    basis = models.CharField("要求交办的依据", max_length=300, blank=True)
    state = models.CharField("结果", max_length=10, choices=AdmissionState.choices)
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, related_name="admissions",
        help_text="the row that lists it, or that withdrew it",
    )  # fmt: skip
    clause = models.CharField("条款", max_length=400, help_text="why it was answered so")
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    allowed_by = models.BigIntegerField(null=True)
    allowed_at = models.DateTimeField(null=True)
    allowed_because = models.CharField("准入理由", max_length=200, blank=True)
    allowed_until = models.DateField(null=True, help_text="the last day it counts")

    class Meta:
        verbose_name = "社区事项准入"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AdmissionState.values), name="admission_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="allowed")
                | Q(allowed_at__isnull=False, allowed_until__isnull=False) & ~Q(allowed_because=""),
                name="admission_is_allowed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="listed") | Q(duty__isnull=False),
                name="admission_listed_cites_a_duty",
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "-asked_at"], name="admission_by_moment"),
            models.Index(fields=["office", "unit", "class_code"], name="admission_by_office"),
        ]

    def __str__(self) -> str:
        return self.matter
