"""Rows of 退单争议: a case returned again waits for a ruling, and what was ruled is kept as a precedent.

Part of `models`, which lists them.
"""

from django.db import models
from django.db.models import Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.work.cases.bounds import one_of


class Ruling(SealedRow):
    """One dispute of a case and what became of it: to which unit it was ruled, on what grounds."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="rulings")
    round = models.PositiveSmallIntegerField()
    disputed_at = models.DateTimeField()
    disputed_by = models.BigIntegerField(null=True, help_text="empty: by the rule of returns")
    kind = models.CharField(max_length=10, blank=True, help_text="chief or meeting, once ruled")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey("duties.Duty", on_delete=models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="ruled, or not needed any more")

    class Meta:
        verbose_name = "裁决"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_dispute"
            ),
            one_of("kind", ["", "chief", "meeting"], "ruling_kind_known"),
            models.CheckConstraint(
                condition=Q(ruled_at__isnull=True)
                | (Q(unit__isnull=False) & Q(ended_at__isnull=False) & ~Q(kind="")),
                name="ruling_names_a_unit",
            ),
        ]


class Precedent(models.Model):
    """派单先例: a class at a place, in words of the centre's own, belongs to a unit until a day.

    Reference data like the duty list: never changed, ended and begun anew. `wording` is how the
    centre calls such a matter, never a reporter's words.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    ruling = models.ForeignKey(Ruling, on_delete=models.PROTECT, related_name="precedents")
    class_code = models.CharField("事项类别", max_length=40)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")
    wording = models.CharField("这类事的说法", max_length=60)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey("duties.Duty", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="from this day on it counts no more")
    made_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "派单先例"
        ordering = ["-id"]
        indexes = [models.Index(fields=["district_id", "class_code"], name="precedent_by_class")]

    def __str__(self) -> str:
        return self.wording
