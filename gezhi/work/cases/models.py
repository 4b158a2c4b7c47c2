"""Report 诉求 and Case 事 apart from birth, and the rows that tell a case's story.

What may have to be erased (words, names, phones) is a side row; what the chain seals holds only ids,
codes and digests. Steps are chained; every other row has a seal and is written through `Seals`.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from gezhi.ground.audit.seals import SealedRow
from gezhi.kernel.fields import SealedTextField
from gezhi.kernel.ids import new_id
from gezhi.work.cases.appeals import Appeal as Appeal
from gezhi.work.cases.appeals import Exclusion as Exclusion
from gezhi.work.cases.beside import Assignment as Assignment
from gezhi.work.cases.beside import CaseSearch as CaseSearch
from gezhi.work.cases.beside import Opening as Opening
from gezhi.work.cases.beside import StageRow as StageRow
from gezhi.work.cases.beside import Supervision as Supervision
from gezhi.work.cases.beside import Verification as Verification
from gezhi.work.cases.beside import Whistle as Whistle
from gezhi.work.cases.bounds import by_day, moment, one_of
from gezhi.work.cases.call_backs import CallBack as CallBack
from gezhi.work.cases.delays import Extension as Extension
from gezhi.work.cases.delays import Hang as Hang
from gezhi.work.cases.disputes import Precedent as Precedent
from gezhi.work.cases.disputes import Ruling as Ruling
from gezhi.work.cases.invitations import Invitation as Invitation
from gezhi.work.cases.keys import key_owner
from gezhi.work.cases.rules import ENDED, Confidentiality, Deed, Mark, State
from gezhi.work.deeds.models import StepRow, Subject

_STATES = [(state.value, state.value) for state in State]
_ENDED = sorted(state.value for state in ENDED)


class Serial(models.Model):
    """The counter of a district on SQLite; PostgreSQL uses a sequence (`numbers.py`)."""

    district_id = models.PositiveSmallIntegerField(primary_key=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "流水号"


class Case(Subject):
    """The case that is handled; it cannot sink: while open it has a holder and a due time."""

    number = models.CharField("案件号", max_length=21)
    state = models.CharField("状态", max_length=12, choices=_STATES)
    round = models.PositiveSmallIntegerField(default=1, help_text="2 and more: 二次办理")

    class_code = models.CharField("类别", max_length=40, blank=True)
    pack = models.ForeignKey("codes.Pack", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField("诉求类型", max_length=20, blank=True)
    urgency = models.CharField("紧急程度", max_length=20, default="ordinary")
    scale = models.CharField("规模", max_length=20, blank=True)
    confidentiality = models.CharField("保密", max_length=20, default=Confidentiality.OPEN.value)

    origin_system = models.CharField(max_length=40, blank=True)
    origin_number = models.CharField(max_length=60, blank=True)
    origin_version = models.CharField(max_length=30, blank=True)
    origin_due_at = models.DateTimeField(null=True, help_text="copied, never recomputed")

    public_summary = models.CharField("公开摘要", max_length=60, blank=True)
    summary_approved_by = models.BigIntegerField(null=True)

    street_id = models.BigIntegerField()
    community_id = models.BigIntegerField(null=True)
    grid_id = models.BigIntegerField(null=True, help_text="now; moved by a re-cut, for rights")
    grid_at_id = models.BigIntegerField(null=True, help_text="then; never moved, for figures")
    compound_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    longitude = models.FloatField(null=True, help_text="CGCS2000 degrees")
    latitude = models.FloatField(null=True, help_text="CGCS2000 degrees")

    holder = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, related_name="held_cases"
    )
    due_at = models.DateTimeField("本环节时限", null=True)
    due_provisional = models.BooleanField(default=False)
    reported_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    check_passed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    finished_by = models.BigIntegerField(null=True, help_text="user who handled it last")
    finished_unit_id = models.BigIntegerField(null=True)
    checked_by = models.BigIntegerField(null=True)
    on_the_spot = models.BooleanField("即采即办", default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_cases"
    )
    marks = models.CharField(
        "标记", max_length=200, blank=True, default="", help_text="words of `rules.Mark`: `asides`"
    )

    class Meta:
        verbose_name = "事件"
        constraints = [
            models.UniqueConstraint(fields=["district_id", "number"], name="one_case_per_number"),
            models.UniqueConstraint(
                fields=["district_id", "origin_system", "origin_number"],
                condition=~Q(origin_system=""),
                name="one_case_per_origin",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False)
                | (Q(holder__isnull=False) & Q(due_at__isnull=False)),
                name="case_cannot_sink",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=_ENDED) & Q(ended_at__isnull=False))
                | (~Q(state__in=_ENDED) & Q(ended_at__isnull=True)),
                name="case_ended_iff_terminal",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(holder__isnull=True),
                name="case_ended_is_held_by_nobody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="case_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
                name="case_merged_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | Q(finished_by__isnull=True)
                | ~Q(checked_by=F("finished_by")),
                name="case_checked_by_another",
            ),
            moment("due_at", "case_due_is_a_moment"),
            moment("ended_at", "case_end_is_a_moment"),
            models.CheckConstraint(
                condition=Q(confidentiality__in=[code.value for code in Confidentiality]),
                name="case_confidentiality_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "state", "due_at", "id"],
                condition=Q(ended_at=None),
                name="case_queue_of_holder",
            ),
            # Open ones by what turns red first, ended ones by the newest: of each area its own.
            *(
                models.Index(
                    fields=[f"{area}_id", "due_at", "id"],
                    condition=Q(ended_at=None),
                    name=f"case_open_of_{area}",
                )
                for area in ("district", "street", "community", "grid")
            ),
            *(
                models.Index(
                    fields=[f"{area}_id", "-id"],
                    condition=Q(ended_at__isnull=False),
                    name=f"case_ended_of_{area}",
                )
                for area in ("district", "street", "community", "grid")
            ),
            models.Index(fields=["grid_id", "reported_at"], name="case_by_grid"),
            models.Index(fields=["compound_id", "-id"], name="case_by_compound"),
            # What ended lately, counted by community without reading a row.
            models.Index(
                fields=[
                    *("street_id", "ended_at", "community_id"),
                    *("confidentiality", "district_id", "id"),
                ],
                condition=Q(ended_at__isnull=False),
                name="case_ended_lately",
            ),
            # Without the open ones: thousands have no end, and SQLite, which knows of the columns
            # only how many rows share a value on average, would take them for one or two.
            models.Index(
                fields=["state", "ended_at"],
                condition=Q(ended_at__isnull=False),
                name="case_by_end",
            ),
            # What was reported, accepted, ended in a period, for figures of a district or a part.
            *(
                by_day(f"{one}_at", f"case_by_{one}_day")
                for one in ("reported", "accepted", "ended")
            ),
            # The few with something beside them: their lists read no others.
            models.Index(
                fields=["street_id", "due_at", "id"],
                condition=Q(ended_at=None) & ~Q(marks=""),
                name="case_marked",
            ),
            # What somebody still owes, also after the end: few, whatever there is of ended ones.
            models.Index(
                fields=["district_id", "id"],
                condition=~Q(marks=""),
                name="case_beside",
            ),
            # The few restricted ones, so that keeping them costs the many others nothing.
            models.Index(
                fields=["street_id", "state", "-id"],
                condition=Q(confidentiality=Confidentiality.RESTRICTED.value),
                name="case_restricted",
            ),
            models.Index(
                fields=["holder", "state"],
                condition=Q(
                    confidentiality=Confidentiality.RESTRICTED.value, ended_at__isnull=True
                ),
                name="case_restricted_open",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_restricted(self) -> bool:
        """Whether 保密 holds for it: `rules.RESTRICTED` says who sees what."""
        return self.confidentiality == Confidentiality.RESTRICTED

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def all_marks(self) -> frozenset[Mark]:
        """What stands beside it now."""
        return frozenset(map(Mark, self.marks.split()))

    @property
    def check_passed(self) -> bool:
        return self.check_passed_at is not None


class CaseWords(SealedRow):
    """What staff read of a case at a glance; can be emptied without breaking the chain."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    title = models.CharField(max_length=80, blank=True)
    place_words = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "事件文字"


class Report(SealedRow):
    """One report: its own number, code, promise and rating, whatever becomes of the case."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    number = models.CharField("受理号", max_length=13)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    first_case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", help_text="before any merge"
    )
    channel = models.CharField("渠道", max_length=20)
    kind = models.CharField("诉求类型", max_length=20, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    happened_at = models.DateTimeField(null=True, help_text="claimed")
    received_at = models.DateTimeField(help_text="true")
    promised_at = models.DateTimeField(help_text="answer by, told to the reporter")
    anonymous = models.BooleanField(default=True)
    confidential = models.BooleanField(default=False)
    account_id = models.BigIntegerField(null=True, help_text="a resident's account, once there are")
    entered_by = models.BigIntegerField(null=True, help_text="the user who typed it for a caller")
    joined = models.BooleanField("我也遇到", default=False)
    first_contact_at = models.DateTimeField(null=True)
    first_contact_by = models.BigIntegerField(null=True)
    resolved = models.CharField("是否解决", max_length=12, blank=True)
    satisfied = models.CharField("是否满意", max_length=14, blank=True)
    rated_at = models.DateTimeField(null=True)
    rated_through = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = "诉求"
        constraints = [
            models.UniqueConstraint(fields=["district_id", "number"], name="one_report_per_number"),
            one_of("resolved", ["", "solved", "partly", "unsolved"], "report_resolved_known"),
            one_of(
                "satisfied",
                ["", "satisfied", "acceptable", "dissatisfied"],
                "report_satisfied_known",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="report_by_case"),
            # What fell due, and what was rated, in a period: figures.
            by_day("promised_at", "report_by_promise"),
            by_day("rated_at", "report_by_rating"),
            # What a member of staff brought in themselves.
            models.Index(
                fields=["entered_by", "first_case"],
                condition=Q(entered_by__isnull=False),
                name="report_by_staff",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReportWords(SealedRow):
    """The reporter's own words; erased on request, the report stays."""

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    text = models.TextField(blank=True)
    place_words = models.CharField(max_length=200, blank=True)
    rating_words = models.TextField(blank=True)

    class Meta:
        verbose_name = "诉求文字"


class Reporter(SealedRow):
    """How to reach the reporter, sealed field by field; found by exact phone through the index."""

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, primary_key=True, related_name="reporter"
    )
    name = SealedTextField(blank=True, default="")
    phone = SealedTextField(blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = "反映人"


class Step(StepRow):
    """One transition 流转 of a case: appended, never updated, chained by digests."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField()
    deed = models.CharField(max_length=20, choices=[(d.value, d.value) for d in Deed])
    report_id = models.BigIntegerField(null=True, help_text="whose report, for reporters' deeds")
    invitation_id = models.BigIntegerField(null=True, help_text="by which a guest did it")
    key_owner = key_owner()

    class Meta:
        verbose_name = "流转"
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["case", "serial"], name="one_step_per_serial"),
            models.UniqueConstraint(
                fields=["district_id", "key_owner", "deed_key"], name="one_step_per_owned_key"
            ),
            models.CheckConstraint(
                condition=Q(deed__in=[deed.value for deed in Deed]), name="step_deed_known"
            ),
        ]

    def content(self) -> dict[str, Any]:
        """What its digest covers besides; an invitation only where there is one: old steps fit on."""
        own = {"case": self.case_id, "round": self.round, "report": self.report_id}
        guest = {"invitation": self.invitation_id} if self.invitation_id is not None else {}
        return super().content() | own | guest


class StepWords(SealedRow):
    """What was said at a step; can be emptied, the step stays."""

    step = models.OneToOneField(
        Step, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    text = models.TextField()
    for_reporter = models.BooleanField(default=False, help_text="the reporter may read it")

    class Meta:
        verbose_name = "流转文字"


class Attachment(SealedRow):
    """A stored file of a case: from a report, or from a step."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, related_name="attachments"
    )
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="attachments")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, default="report", help_text="report, before, after…")

    class Meta:
        verbose_name = "事件附件"
        constraints = [
            one_of(
                "purpose",
                ["report", "before", "after", "check", "form"],
                "attachment_purpose_known",
            ),
        ]
