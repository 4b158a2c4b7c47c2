"""Units 单位: whatever can hold work."""

from django.db import models

from gezhi.kernel.ids import new_id


class UnitKind(models.TextChoices):
    STREET_CENTRE = "street_centre", "街道网格中心"
    COMMUNITY_OFFICE = "community_office", "社区居委会"
    DEPARTMENT = "department", "部门"
    ENTERPRISE = "enterprise", "公用事业单位"
    PROPERTY_FIRM = "property_firm", "物业公司"
    SOCIAL_ORGANIZATION = "social_organization", "社会组织"


class Unit(models.Model):
    """An office that holds cases, with hours; never deleted, closed with a successor."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20, blank=True)
    pinyin = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children",
        help_text="where its queue is lifted to when nobody is appointed to it",
    )  # fmt: skip
    public_phone = models.CharField("对外电话", max_length=30, blank=True)
    address = models.CharField("办公地址", max_length=100, blank=True)
    hours = models.JSONField(
        "工作时间", default=list, help_text='spans of a working day, [["09:00","12:00"],…]'
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        verbose_name = "单位"
        ordering = ["pinyin", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=UnitKind.values), name="unit_kind_known"
            ),
            models.UniqueConstraint(
                fields=["district_id", "name"],
                condition=models.Q(closed_at=None),
                name="one_open_unit_per_name",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="street_centre") | models.Q(parent__isnull=False),
                name="unit_below_centre_has_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(successor__isnull=False),
                name="closed_unit_has_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
