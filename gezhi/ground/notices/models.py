"""Notices to staff and, by a channel, to reporters; the address is looked up when sending."""

from django.db import models

from gezhi.kernel.ids import new_id


class Notice(models.Model):
    """A line in somebody's inbox."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    user_id = models.BigIntegerField(help_text="whose inbox")
    kind = models.CharField(max_length=40, help_text="code of the sentence, as case_dispatched")
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_number = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = "通知"
        ordering = ["-id"]
        indexes = [models.Index(fields=["user_id", "read_at", "-id"], name="notice_inbox")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Delivery(models.Model):
    """One sending through a provider: to whom by id, what by code, and what became of it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    key = models.CharField(max_length=120, unique=True)
    provider = models.CharField(max_length=20, blank=True)
    recipient_kind = models.CharField(max_length=20, help_text="user, report or group")
    recipient_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    sent_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    asked_at = models.DateTimeField(null=True, help_text="empty: before this was noted")
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, help_text="last")
    fault = models.CharField(max_length=20, blank=True, default="", help_text="of the last try")
    code = models.CharField(max_length=20, blank=True, default="", help_text="the provider's own")

    class Meta:
        verbose_name = "发送"
        indexes = [
            models.Index(fields=["asked_at"], name="delivery_by_day"),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
            models.Index(fields=["provider", "-id"], name="delivery_by_provider"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "sent", "no_address", "no_channel", "failed"]
                ),
                name="delivery_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
