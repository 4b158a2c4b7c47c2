"""Duties 权责事项: which unit leads which class of case, on what legal basis."""

from django.db import models

from gezhi.kernel.ids import new_id


class ListKind(models.TextChoices):
    BASIC = "basic", "基本履职"
    JOINT = "joint", "配合履职"
    WITHDRAWN = "withdrawn", "上级收回"


class Duty(models.Model):
    """One row of the duty list: a class in an area, led by one unit (街道履职事项清单)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    class_code = models.CharField(
        "事项类别", max_length=40, help_text="a class or the head of a family of classes"
    )
    name = models.CharField("事项", max_length=100)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="duties")
    list_kind = models.CharField("清单类别", max_length=10, choices=ListKind.choices)
    lead_unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="led_duties")
    assist_units = models.ManyToManyField("units.Unit", blank=True, related_name="assisted_duties")
    legal_basis = models.CharField("依据", max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "权责事项"
        ordering = ["class_code", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(list_kind__in=ListKind.values), name="duty_list_known"
            )
        ]
        indexes = [models.Index(fields=["district_id", "class_code"], name="duty_by_class")]

    def __str__(self) -> str:
        return self.name
