"""应急 and what belongs to one: roll calls and answers, its cases, its crew, its log."""

from django.db import models
from django.db.models import F, Q

from gezhi.kernel import clock
from gezhi.kernel.ids import new_id
from gezhi.work.emergency.rules import How, Line, Said

WORDS = 200


class Emergency(models.Model):
    """One time the switch was on: for an area, by a plan, in earnest or as a drill."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")
    street_id = models.BigIntegerField()
    community_id = models.BigIntegerField(null=True, help_text="where it is on in one alone")
    plan_code = models.CharField("预案", max_length=40)
    pack = models.ForeignKey("codes.Pack", on_delete=models.PROTECT, related_name="+")
    drill = models.BooleanField("演练", default=False)
    words = models.CharField("缘由", max_length=WORDS)
    on_at = models.DateTimeField()
    on_by = models.BigIntegerField()
    off_at = models.DateTimeField(null=True)
    off_by = models.BigIntegerField(null=True)
    off_words = models.CharField("小结", max_length=1000, blank=True)

    class Meta:
        verbose_name = "应急"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "plan_code", "drill"],
                condition=Q(off_at=None),
                name="one_emergency_on",
            ),
            models.CheckConstraint(
                condition=Q(off_at=None, off_by=None)
                | Q(off_at__gte=F("on_at"), off_by__isnull=False),
                name="emergency_ends_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["street_id", "-on_at"], name="emergency_of_street")]

    def __str__(self) -> str:
        return f"{self.plan_code} {self.area_id}"

    @property
    def is_on(self) -> bool:
        """Whether the switch is on."""
        return self.off_at is None


class RollCall(models.Model):
    """点名: one time the grids of the area were asked."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="roll_calls")
    number = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    # Whether it was not this deed that asked: another was faster.
    repeated: bool = False

    class Meta:
        verbose_name = "点名"
        constraints = [
            models.UniqueConstraint(fields=["emergency", "number"], name="one_roll_call_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.emergency_id} {self.number}"


class Answer(models.Model):
    """One answer of a grid; the newest of a roll call counts, the others stay.

    The words of 有事 stand in the report of its case and nowhere else: who may read them there, and
    whether they are to be erased, changes after the answer.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    roll_call = models.ForeignKey(RollCall, on_delete=models.PROTECT, related_name="answers")
    grid = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=8, choices=Said.choices)
    words = models.CharField(max_length=WORDS, blank=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    answered_by = models.BigIntegerField()
    answered_at = models.DateTimeField()
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=80, help_text="of what was asked, by this key")
    # Whether the key came a second time: nothing was written, photos came again.
    repeated: bool = False

    class Meta:
        verbose_name = "点名应答"
        constraints = [
            models.UniqueConstraint(fields=["answered_by", "key"], name="one_answer_per_key"),
            models.CheckConstraint(
                condition=Q(said="safe", case=None)
                | Q(said="trouble", case__isnull=False, words=""),
                name="answer_of_trouble_has_a_case",
            ),
        ]
        indexes = [
            models.Index(fields=["roll_call", "grid", "-answered_at"], name="answer_of_grid")
        ]

    def __str__(self) -> str:
        return f"{self.grid_id} {self.said}"


class EmergencyCase(models.Model):
    """A case of an emergency; a major one 重大事件 has somebody who takes it whole."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="cases")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="emergency")
    how = models.CharField(max_length=8, choices=How.choices)
    since = models.DateTimeField()
    is_major = models.BooleanField("重大事件", default=False)
    named = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "应急的事"
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=How.values), name="emergency_case_how_known"
            ),
            models.CheckConstraint(
                condition=Q(named=None) | Q(is_major=True), name="named_for_major_cases_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.emergency_id} {self.case_id}"


class CrewCall(models.Model):
    """叫队伍: one line of the plan's crew; each call of somebody in it is a `posts.Page`."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="crew")
    rank = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=40)
    name = models.CharField(max_length=60)

    class Meta:
        verbose_name = "叫队伍"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["emergency", "rank"], name="one_crew_a_rank")
        ]

    def __str__(self) -> str:
        return f"{self.emergency_id} {self.who}"


class LogLine(models.Model):
    """One line of the log, written by what it tells of; never changed.

    Of 报有事 the words stand with its case (`Answer`). A line that a deed with a key wrote keeps the
    key: sent again it is the same deed.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="log")
    at = models.DateTimeField()
    code = models.CharField(max_length=12, choices=Line.choices)
    user_id = models.BigIntegerField(null=True, help_text="who did it; nobody where the clock did")
    grid_id = models.BigIntegerField(null=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    person_id = models.BigIntegerField(null=True, help_text="whom it is about")
    number = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    key = models.CharField(max_length=80, blank=True, default="")
    digest = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        verbose_name = "应急日志"
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "key"], condition=~Q(key=""), name="one_log_line_per_key"
            ),
            models.CheckConstraint(condition=Q(code__in=Line.values), name="log_line_code_known"),
        ]
        indexes = [models.Index(fields=["emergency", "at", "id"], name="log_in_order")]

    def __str__(self) -> str:
        return f"{self.code} {clock.local(self.at):%H:%M}"
