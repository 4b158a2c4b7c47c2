"""Who did what, when, in which seat: ids and digests only, never a person's words."""

from django.db import models

from gezhi.kernel.ids import new_id


class Entry(models.Model):
    """One deed or one read of something sensitive; append-only, sealed by its own digest."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True, help_text="who; empty for a stranger or a task")
    system_name = models.CharField(max_length=40, blank=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60, help_text="module.deed, as cases.dispatch")
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, default="done")
    purpose = models.CharField(max_length=60, blank=True, help_text="the to-do a read was for")
    detail = models.JSONField(default=dict, help_text="ids, codes and counts only")
    subject_digest = models.CharField(max_length=64, blank=True, help_text="chain head after it")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "留痕"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="entry_by_subject"),
            models.Index(fields=["user_id", "id"], name="entry_by_user"),
            models.Index(fields=["verb", "id"], name="entry_by_verb"),
            models.Index(fields=["recorded_at", "id"], name="entry_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["done", "refused"]), name="entry_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"


class Head(models.Model):
    """The newest link of one subject's chain; the only row of audit that moves.

    The chain of blocks has one too (`audit`, 0): it is locked while a block is sealed.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    length = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    rows = models.CharField(
        max_length=64, blank=True, default="", help_text="sum of its rows' seals"
    )
    seal = models.CharField(
        max_length=64, blank=True, default="", help_text="keyed; empty before there were seals"
    )

    class Meta:
        verbose_name = "链头"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], name="one_head_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class Block(models.Model):
    """A minute's entries sealed together; blocks chain, so a removed row or block shows."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    sealed_at = models.DateTimeField()
    after_entry_id = models.BigIntegerField(
        unique=True, help_text="the first entry is the next after it"
    )
    up_to_entry_id = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "封存块"
        ordering = ["up_to_entry_id"]

    def __str__(self) -> str:
        return f"{self.after_entry_id}–{self.up_to_entry_id}"


class KeyMark(models.Model):
    """A key that was in use over these data: its name and id, nothing of the key itself."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=20)
    key_id = models.CharField(max_length=20)
    marked_at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True, help_text="lost for good, an operator said so")

    class Meta:
        verbose_name = "密钥记号"
        constraints = [models.UniqueConstraint(fields=["name", "key_id"], name="one_mark_per_key")]

    def __str__(self) -> str:
        return f"{self.name}.{self.key_id}"
