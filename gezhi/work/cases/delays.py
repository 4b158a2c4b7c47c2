"""Rows that move a clock: a hang 挂账 that stops it, an extension 延期 that lengthens it.

Part of `models`, which lists them. Each is one request with what became of it; what the clock comes
to is reckoned from these rows (`pausing`), then and years later.
"""

from django.db import models
from django.db.models import F, Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.work.cases.bounds import moment, one_of


def _decided_by_another(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name=name
    )


def _granted_was_decided(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(granted__isnull=True) | Q(decided_at__isnull=False), name=name
    )


class Hang(SealedRow):
    """One request to hang a case, and what became of it.

    Waits while `decided_at` is empty; hangs while it is granted and has no end. `granted` stays
    empty where the case went on before anybody decided.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="hangs")
    round = models.PositiveSmallIntegerField()
    reason_code = models.CharField(max_length=40)
    review_at = models.DateTimeField(help_text="moved by each review")
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "挂账"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_hang"
            ),
            _decided_by_another("hang_decided_by_another"),
            _granted_was_decided("hang_granted_was_decided"),
            moment("review_at", "hang_review_is_a_moment"),
        ]


class Extension(SealedRow):
    """One request to lengthen the clock of a stage, and what became of it.

    Waits while `decided_at` is empty; `granted` stays empty where the case went on before anybody
    decided.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="extensions")
    stage = models.ForeignKey(
        "cases.StageRow", on_delete=models.PROTECT, related_name="extensions", help_text="its clock"
    )
    round = models.PositiveSmallIntegerField()
    amount = models.PositiveSmallIntegerField(help_text="in the unit of the limit")
    unit = models.CharField(max_length=20, help_text="of the limit, as of the amount")
    reason_code = models.CharField(max_length=40)
    form = models.BigIntegerField(null=True, help_text="file of the signed form")
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        verbose_name = "延期"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_at=None), name="one_open_extension"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="extension_adds_something"),
            one_of(
                "unit",
                ["urgent_hours", "working_hours", "working_days", "calendar_days"],
                "extension_unit_known",
            ),
            _decided_by_another("extension_decided_by_another"),
            _granted_was_decided("extension_granted_was_decided"),
        ]
