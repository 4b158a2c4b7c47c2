"""Rows beside a case: what its grid is asked, to whom it was opened by need, to which units it was
sent, its clocks, and what a search looks through.

Part of `models`, which lists them; apart because they hang on the case and nothing on them.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.ids import new_id
from gezhi.work.cases.bounds import by_day, moment, one_of
from gezhi.work.cases.rules import Stage


class Verification(SealedRow):
    """A question to the grid worker, or to the community where no grid is known: does it exist?

    With its own clock.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="verifications")
    grid_id = models.BigIntegerField(null=True, help_text="empty: the community is asked")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=12, blank=True, help_text="exists, absent or unclear")

    class Meta:
        verbose_name = "核实"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["", "exists", "absent", "unclear"]),
                name="verification_answer_known",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="one_open_question"
            ),
            moment("due_at", "question_due_is_a_moment"),
        ]


class Opening(SealedRow):
    """A restricted case opened to one person until a moment: who, why, since when.

    One whose seal does not fit was written by hand and opens nothing.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="openings")
    user_id = models.BigIntegerField()
    purpose = models.CharField(max_length=20, help_text="code of the need")
    words = models.CharField(max_length=50, blank=True, help_text="the need in words, if other")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = "保密查看"
        indexes = [models.Index(fields=["user_id", "until"], name="opening_by_user")]


class CaseSearch(models.Model):
    """The line a search by words looks through (`searching`); made of `CaseWords`, so unsealed."""

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="search"
    )
    line = models.TextField(blank=True, help_text="pairs and signs of title and place, then marks")
    ended = models.BooleanField(default=False, help_text="whether it stands in the index")

    class Meta:
        verbose_name = "查找用的字"


class Whistle(SealedRow):
    """One whistle 吹哨: the street calls units to a place by a moment, and scores how they came."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="whistles")
    kind = models.CharField(max_length=20, help_text="code of the dictionary whistle_kinds")
    blown_at = models.DateTimeField()
    blown_by = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(help_text="whose seat blew it")
    due_at = models.DateTimeField(help_text="be there by")
    ended_at = models.DateTimeField(null=True, help_text="scored")
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "吹哨"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_whistle"
            ),
            moment("due_at", "whistle_due_is_a_moment"),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="whistle_of_case")]


class Assignment(SealedRow):
    """One assignment 派遣 of a case to a unit: as lead, as assist, or called to the place, with what
    became of it. A called unit has `finished_at` when it arrived."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=6, default="lead", help_text="lead, assist or called")
    round = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    awaited = models.BooleanField(default=False, help_text="the lead waits for this assist")
    clock_began_at = models.DateTimeField(null=True, help_text="empty: when it was sent")
    limit_words = models.CharField(
        max_length=60, blank=True, default="", help_text="value and unit of its own clock"
    )
    provisional = models.BooleanField(default=False)
    calendar_version = models.CharField(max_length=20, blank=True, default="")
    whistle = models.ForeignKey(
        "cases.Whistle", on_delete=models.PROTECT, null=True, related_name="called"
    )
    absence = models.CharField(max_length=20, blank=True, default="", help_text="why nobody came")
    score = models.PositiveSmallIntegerField(null=True, help_text="1 to 5, by the street")
    duty = models.ForeignKey("duties.Duty", on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    return_duty = models.ForeignKey(
        "duties.Duty", on_delete=models.PROTECT, null=True, related_name="+"
    )
    return_unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    precedent = models.ForeignKey(
        "cases.Precedent", on_delete=models.PROTECT, null=True, related_name="+"
    )
    misrouted = models.BooleanField(default=False)
    reworked = models.PositiveSmallIntegerField(default=0, help_text="checks it failed")
    ended_at = models.DateTimeField(null=True)
    handed_on = models.BooleanField(
        default=False, help_text="another unit took its place: that row counts, not this one"
    )

    @property
    def began_at(self) -> datetime:
        """When its clock began."""
        return self.clock_began_at or self.sent_at

    class Meta:
        verbose_name = "派遣"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(part="lead", ended_at=None),
                name="one_open_lead",
            ),
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=Q(part="called", ended_at=None),
                name="one_open_call_of_a_unit",
            ),
            one_of("part", ["lead", "assist", "called"], "assignment_part_known"),
            models.CheckConstraint(
                condition=Q(part="called", whistle__isnull=False)
                | (~Q(part="called") & Q(whistle__isnull=True)),
                name="assignment_called_by_a_whistle",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5, part="called"),
                name="assignment_score_of_a_called_unit",
            ),
            moment("due_at", "assignment_due_is_a_moment"),
        ]
        indexes = [
            models.Index(fields=["unit", "ended_at", "case"], name="assignment_by_unit"),
            # What was sent in a period: figures.
            by_day("sent_at", "assignment_by_day"),
            # Whether a unit keeps sight of a case; and the cases of a unit, newest first.
            models.Index(
                fields=["case", "unit"],
                condition=Q(returned_at=None),
                name="assignment_of_case",
            ),
            models.Index(
                fields=["unit", "-case"],
                condition=Q(returned_at=None),
                name="assignment_newest",
            ),
            # The few whose clock a notice still to come may move.
            models.Index(
                fields=["case"],
                condition=Q(provisional=True, ended_at=None),
                name="assignment_provisional",
            ),
        ]


class Supervision(SealedRow):
    """One naming of a supervisor 督办: who, until when the unit answers in writing, when it ended."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="supervisions")
    round = models.PositiveSmallIntegerField()
    supervisor_id = models.BigIntegerField(help_text="the user who alone can discharge it")
    began_at = models.DateTimeField()
    began_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(help_text="answer by")
    answered_at = models.DateTimeField(null=True, help_text="first answered")
    answered_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "督办"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_open_supervision"
            ),
            moment("due_at", "supervision_due_is_a_moment"),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="supervision_of_case"),
            # What the watchdog looks for.
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at=None, answered_at=None),
                name="supervision_unanswered",
            ),
        ]


class StageRow(SealedRow):
    """One stretch of a case under one clock: due, on time or not, with the versions it used."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stage])
    round = models.PositiveSmallIntegerField()
    unit_id = models.BigIntegerField()
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    calendar_version = models.CharField(max_length=20, blank=True)
    limit_words = models.CharField(max_length=60, blank=True, help_text="value and unit used")
    ended_at = models.DateTimeField(null=True)
    on_time = models.BooleanField(null=True)

    class Meta:
        verbose_name = "环节"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_running_stage"
            ),
            moment("due_at", "stage_due_is_a_moment"),
        ]
        indexes = [models.Index(fields=["unit_id", "stage", "began_at"], name="stage_by_unit")]
