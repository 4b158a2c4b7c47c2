"""What every subject and every step of one has; a room's own tables are subclasses of these."""

from datetime import datetime
from typing import Any

from django.db import models

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.work.deeds.keys import KEY_LENGTH, owner_column


class Subject(SealedRow):
    """What deeds are done to: in a state, in somebody's hand, until a moment.

    Written by `Doing` only, which seals it with every deed. A room may say a column anew to bound it
    (states it knows, what its holder's rows are called).
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    number = models.CharField("编号", max_length=21)
    state = models.CharField("状态", max_length=12)
    version = models.PositiveIntegerField(default=0, help_text="optimistic guard of every deed")
    holder = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField("时限", null=True)

    # When its latest step was recorded; known of one that was locked for a deed.
    latest_step_at: datetime | None = None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class StepRow(models.Model):
    """One transition 流转 of a subject: appended, never updated, chained by digests.

    A room adds the column that leads to its subject, whatever else its steps say (both into
    `content`), and two unique constraints: the subject with `serial`, and `district_id, key_owner,
    deed_key`, which makes a key its owner's for good.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField()
    deed = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    user_id = models.BigIntegerField(null=True)
    system_name = models.CharField(max_length=40, blank=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    holder_before_id = models.BigIntegerField(null=True)
    holder_after_id = models.BigIntegerField(null=True)
    due_after = models.DateTimeField(null=True)
    seconds_left = models.BigIntegerField(null=True, help_text="of the stage left; under 0 late")
    happened_at = models.DateTimeField(help_text="claimed")
    recorded_at = models.DateTimeField(help_text="true")
    reason_code = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict, help_text="ids and codes only")
    deed_key = models.CharField(max_length=KEY_LENGTH)
    key_owner = owner_column()
    content_digest = models.CharField(max_length=64, help_text="keyed digest of what was asked")
    digest = models.CharField(max_length=64, help_text="keyed digest of this row")
    chain_digest = models.CharField(max_length=64, help_text="of the link before and this row")

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        """What its digest covers: every stored column; words are sealed by `content_digest`."""
        return {
            "id": self.pk,
            "serial": self.serial,
            "deed": str(self.deed),
            "from": str(self.from_state),
            "to": str(self.to_state),
            "user": self.user_id,
            "system": self.system_name,
            "post": self.post_id,
            "unit": self.unit_id,
            "holder_before": self.holder_before_id,
            "holder_after": self.holder_after_id,
            "due": _microseconds(self.due_after),
            "left": self.seconds_left,
            "happened": _microseconds(self.happened_at),
            "recorded": _microseconds(self.recorded_at),
            "reason": self.reason_code,
            "detail": self.detail,
            "key": self.deed_key,
            "content": self.content_digest,
        }


def _microseconds(moment: datetime | None) -> int | None:
    # By way of a float since the first step: reckoned otherwise, the last place may differ and
    # steps of before would fit their digests no more.
    return int(moment.timestamp() * 1_000_000) if moment else None
