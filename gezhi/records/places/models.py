"""Areas with versions, and the places inside them (地)."""

from django.db import models

from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Level


class District(models.Model):
    """A district 区县: the surrogate every large table carries, and the case counter's home."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    code = models.CharField("区划代码", max_length=6, unique=True)
    name = models.CharField("名称", max_length=50)
    city_name = models.CharField(max_length=50, blank=True)
    province_name = models.CharField(max_length=50, blank=True)
    # A fresh id rather than a count: a count rolled back comes again with other borders under it.
    map_version = models.BigIntegerField(
        default=new_id, help_text="moves with every change of a border; processes reload on it"
    )

    class Meta:
        verbose_name = "区县"

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """The identity of a district, street, community or grid; its shape lives in its versions."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="areas")
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    code = models.CharField("代码", max_length=18)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30, blank=True)
    grid_kind = models.CharField(
        max_length=20, blank=True, help_text="ordinary or dedicated (专属网格); grids only"
    )
    street_id = models.BigIntegerField(null=True, help_text="the street it lies in now")
    community_id = models.BigIntegerField(null=True, help_text="the community it lies in now")
    in_use = models.BooleanField(
        default=True, help_text="false: named in the register, not run on this installation"
    )

    class Meta:
        verbose_name = "区域"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["district", "code"], name="one_area_per_code"),
            models.CheckConstraint(
                condition=models.Q(level__in=[level.value for level in Level]),
                name="area_level_known",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=["district", "street"])
                | models.Q(street_id__isnull=False),
                name="area_below_street_has_street",
            ),
        ]
        indexes = [
            models.Index(fields=["street_id", "level"], name="area_by_street"),
            models.Index(fields=["community_id", "level"], name="area_by_community"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaVersion(models.Model):
    """Border, parent and validity of an area, half-open: `valid_from` ≤ t < `valid_to`."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="versions")
    parent = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, related_name="child_versions"
    )
    border = models.BinaryField(null=True, help_text="WKB polygon or multipolygon, CGCS2000")
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    households = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "区域版本"
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=models.Q(valid_to=None), name="one_current_version"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.valid_from:%Y-%m-%d}"


class PlaceKind(models.TextChoices):
    ROAD = "road", "道路"
    COMPOUND = "compound", "小区"
    BUILDING = "building", "楼栋"
    STAIRWELL = "stairwell", "单元"
    DWELLING = "dwelling", "户室"
    SITE = "site", "场所"


# What lies within a compound and may be called by its number alone.
NUMBERED = frozenset({PlaceKind.BUILDING, PlaceKind.STAIRWELL, PlaceKind.DWELLING})


class Place(models.Model):
    """A road, compound 小区, building 楼栋, stairwell 单元, dwelling 户室 or site, with its address."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField("名称", max_length=80)
    address = models.CharField("地址", max_length=200, blank=True)
    street_id = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    grid_id = models.BigIntegerField(null=True)
    compound_id = models.BigIntegerField(null=True, help_text="the compound above it, if any")
    longitude = models.FloatField(null=True, help_text="CGCS2000 degrees")
    latitude = models.FloatField(null=True, help_text="CGCS2000 degrees")
    shape = models.BinaryField(null=True, help_text="WKB footprint or line, CGCS2000")
    households = models.PositiveIntegerField(default=0)
    floors = models.PositiveSmallIntegerField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "地点"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PlaceKind.values), name="place_kind_known"
            ),
            models.UniqueConstraint(
                fields=["district_id", "parent", "kind", "name"], name="one_place_per_name"
            ),
        ]
        indexes = [
            models.Index(fields=["grid_id", "kind"], name="place_by_grid"),
            models.Index(fields=["community_id", "kind"], name="place_by_community"),
            models.Index(fields=["compound_id", "kind"], name="place_by_compound"),
        ]

    def __str__(self) -> str:
        return self.name
