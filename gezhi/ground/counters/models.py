"""Counters 计数: how often something was tried within a while."""

from django.db import models


class Counter(models.Model):
    """One thing that is counted; who or what it is stands here as a keyed digest only."""

    key = models.CharField(
        max_length=64, primary_key=True, help_text="keyed digest of kind and what"
    )
    kind = models.CharField(max_length=20)
    owner = models.CharField(
        max_length=64, blank=True, help_text="keyed digest of whose it is, to find all of theirs"
    )
    count = models.PositiveIntegerField()
    most = models.PositiveIntegerField(help_text="the limit of the last try")
    ends_at = models.BigIntegerField(help_text="Unix seconds; afterwards it begins anew")

    class Meta:
        verbose_name = "计数"
        indexes = [
            models.Index(fields=["ends_at"], name="counter_by_end"),
            models.Index(fields=["owner"], condition=~models.Q(owner=""), name="counter_by_owner"),
        ]

    def __str__(self) -> str:
        return self.kind
