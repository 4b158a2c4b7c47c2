"""空白表: what was printed to be filled in by hand, and which report each became."""

from django.db import models
from django.db.models import F, Q

from gezhi.kernel.ids import new_id
from gezhi.work.blanks.rules import MOST


class BlankSet(models.Model):
    """一沓: blanks printed together, for a street or for one of its communities."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    street_id = models.BigIntegerField()
    community_id = models.BigIntegerField(null=True, help_text="null: for the whole street")
    form = models.CharField(max_length=20)
    pack = models.ForeignKey(
        "codes.Pack", on_delete=models.PROTECT, null=True, related_name="+",
        help_text="the boxes printed on them",
    )  # fmt: skip
    first_serial = models.PositiveIntegerField()
    size = models.PositiveSmallIntegerField()
    printed_by = models.BigIntegerField()
    printed_at = models.DateTimeField()
    key = models.CharField(max_length=80)

    class Meta:
        verbose_name = "一沓空白表"
        constraints = [
            models.UniqueConstraint(fields=["printed_by", "key"], name="one_blank_set_per_key"),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST), name="blank_set_of_some"
            ),
        ]
        indexes = [models.Index(fields=["street_id", "-printed_at"], name="blank_set_of_street")]

    def __str__(self) -> str:
        return f"{self.form} {self.first_serial}+{self.size}"

    @property
    def last_serial(self) -> int:
        """The serial of its last blank."""
        return self.first_serial + self.size - 1


class Blank(models.Model):
    """One of them. `original` is the photo of the filled paper; `report` what it became."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    blank_set = models.ForeignKey(BlankSet, on_delete=models.PROTECT, related_name="blanks")
    serial = models.PositiveIntegerField()
    original = models.OneToOneField(
        "files.File", on_delete=models.PROTECT, null=True, related_name="+"
    )
    photographed_by = models.BigIntegerField(null=True)
    photographed_at = models.DateTimeField(null=True)
    report = models.OneToOneField(
        "cases.Report", on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "空白表"
        constraints = [
            models.UniqueConstraint(fields=["district_id", "serial"], name="one_blank_per_serial"),
            models.CheckConstraint(
                condition=Q(report=None, entered_by=None, entered_at=None, key="")
                | (
                    Q(report__isnull=False, entered_by__isnull=False, entered_at__isnull=False)
                    & ~Q(key="")
                ),
                name="blank_entered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(photographed_by=None, photographed_at=None, original=None)
                | Q(photographed_by__isnull=False, photographed_at__isnull=False),
                name="blank_photographed_by_somebody",
            ),
        ]
        indexes = [
            # What waits to be typed in, oldest first; and what somebody typed in last.
            models.Index(
                fields=["blank_set", "photographed_at"],
                condition=Q(report=None, original__isnull=False),
                name="blank_waiting",
            ),
            models.Index(F("entered_by"), F("entered_at").desc(), name="blank_entered_by"),
        ]

    def __str__(self) -> str:
        return str(self.serial)
