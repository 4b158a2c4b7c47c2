"""What many people speak of: found anew each night."""

from django.db import models

from gezhi.kernel.ids import new_id


class Topic(models.Model):
    """A hot topic as the last night found it; the key stays while its members overlap."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    key = models.CharField(max_length=64)
    title = models.CharField("题目", max_length=80, help_text="place and cause, from the words")
    words = models.JSONField(default=list)
    place = models.CharField(max_length=80, blank=True)
    people = models.PositiveIntegerField(help_text="distinct people, not messages")
    messages = models.PositiveIntegerField()
    heat = models.FloatField("热度")
    heat_people = models.FloatField(default=0)
    heat_recency = models.FloatField(default=0)
    heat_support = models.FloatField(default=0)
    heat_against = models.FloatField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    trend = models.JSONField(default=list, help_text="people in equal parts of the window")
    organized = models.BooleanField(default=False, help_text="one template sent by many")
    returning = models.PositiveIntegerField(default=0, help_text="came back after silence")
    monthly = models.BooleanField("每月一题候选", default=False)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = "热点"
        ordering = ["-heat", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["district_id", "key"], name="one_topic_per_key")
        ]

    def __str__(self) -> str:
        return self.key


class TopicMember(models.Model):
    """One report of a topic."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="members")
    report = models.ForeignKey("cases.Report", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "热点里的诉求"
        constraints = [
            models.UniqueConstraint(fields=["topic", "report"], name="one_member_per_report")
        ]
