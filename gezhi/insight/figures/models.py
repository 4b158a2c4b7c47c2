"""Figures of closed periods as they were printed, and what was found otherwise later."""

from django.db import models

from gezhi.kernel.ids import new_id


class Frozen(models.Model):
    """One indicator of one day, week or month of a street, of the whole or of one unit, family,
    community or grid.

    Written once when the period is frozen, and never changed: two prints of it agree.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    street_id = models.BigIntegerField()
    span = models.CharField("长短", max_length=8, help_text="day, week or month")
    first = models.DateField("第一天")
    by = models.CharField("分", max_length=12)
    key = models.CharField(max_length=40, blank=True, help_text="id or code of what it is of")
    indicator = models.CharField("指标", max_length=40)
    numerator = models.BigIntegerField("分子", help_text="seconds, of an amount of time")
    denominator = models.BigIntegerField("分母")
    pack = models.ForeignKey("codes.Pack", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = "封存的指标"
        constraints = [
            models.UniqueConstraint(
                # In this order the index finds a period of a whole district, too.
                fields=["district_id", "span", "first", "by", "street_id", "key", "indicator"],
                name="one_frozen_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.span} {self.first}"


class Correction(models.Model):
    """更正: what a frozen figure is when it is counted again, from when on that was seen."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    figure = models.ForeignKey(Frozen, on_delete=models.PROTECT, related_name="corrections")
    numerator = models.BigIntegerField("分子")
    denominator = models.BigIntegerField("分母")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "更正"

    def __str__(self) -> str:
        return f"{self.figure_id}"
