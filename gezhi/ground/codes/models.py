"""Codes, classes, limits and calendars as versioned packs; old cases keep their version."""

from django.db import models

from gezhi.kernel.ids import new_id


class Pack(models.Model):
    """One imported version of one pack."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=100)
    source = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    in_force = models.BooleanField(default=True, help_text="the one new cases use")
    in_force_since = models.DateTimeField(null=True, help_text="of the one in force")
    made_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+",
        help_text="the version an office changed; empty for one imported from a folder",
    )  # fmt: skip

    class Meta:
        verbose_name = "标准包"
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_pack_per_version"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(in_force=True), name="one_pack_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Enactment(models.Model):
    """A version put in force at a moment, or to be put in force then; the history of a pack.

    `done_at` is empty while it waits, `withdrawn_at` is set when it was taken back before.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="enactments")
    name = models.CharField(max_length=40, help_text="the pack's, so that its history is one index")
    from_at = models.DateTimeField()
    written_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "启用"
        ordering = ["name", "from_at", "id"]
        indexes = [models.Index(fields=["name", "from_at"], name="enactment_by_pack")]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(done_at=None, withdrawn_at=None),
                name="one_waiting_enactment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_at}"


class Term(models.Model):
    """One row of a dictionary in a pack version; `data` holds what only this kind of row has."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="terms")
    dictionary = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    parent_code = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = "字典项"
        ordering = ["dictionary", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "dictionary", "code"], name="one_term_per_code")
        ]

    def __str__(self) -> str:
        return self.name
