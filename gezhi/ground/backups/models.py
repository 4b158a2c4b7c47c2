"""Backups that were made, and drills that showed they can be put back."""

from django.db import models

from gezhi.kernel.ids import new_id


class Outcome(models.TextChoices):
    RUNNING = "running", "正在做"
    GOOD = "good", "好的"
    FAILED = "failed", "没有做成"
    STOPPED = "stopped", "半路停了"


_ENDED_WHOLE = models.Q(outcome="good", ended_at__isnull=False) & ~models.Q(digest="")


class Backup(models.Model):
    """One backup and what became of it; good is only one that was read back and compared."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    timed = models.BooleanField(default=False)
    folder = models.CharField(max_length=300)
    name = models.CharField(max_length=60, blank=True, default="", help_text="of its set there")
    counts = models.JSONField(default=dict, help_text="rows, files, bytes, new_files, new_bytes …")
    digest = models.CharField(max_length=64, blank=True, default="", help_text="of its manifest")
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.RUNNING.value
    )
    fault = models.CharField(max_length=300, blank=True, default="", help_text="why not, in words")

    class Meta:
        verbose_name = "备份"
        indexes = [
            models.Index(fields=["-begun_at"], name="backup_by_moment"),
            models.Index(fields=["outcome", "-begun_at"], name="backup_by_outcome"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="backup_outcome_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="good") | _ENDED_WHOLE,
                name="backup_good_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.outcome}"


class RestoreDrill(models.Model):
    """One restore into a scratch home: which set, how long it took, whether all was the same."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    folder = models.CharField(max_length=300)
    name = models.CharField(max_length=60, blank=True, default="", help_text="of the set")
    seconds = models.FloatField(null=True, help_text="how long the restore took")
    counts = models.JSONField(default=dict, help_text="rows, files, bytes")
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.RUNNING.value
    )
    fault = models.CharField(max_length=300, blank=True, default="", help_text="why not, in words")

    class Meta:
        verbose_name = "恢复演练"
        indexes = [models.Index(fields=["-begun_at"], name="restore_drill_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="restore_drill_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.outcome}"
