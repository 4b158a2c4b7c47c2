"""Orders of another system 外来工单: how its sheets are read, what its classes mean, what came, what
we said back; what differs between their sheet and ours."""

from django.db import models
from django.db.models import Q

from gezhi.kernel.fields import SealedTextField
from gezhi.kernel.ids import new_id


class Direction(models.TextChoices):
    IN = "in", "来"
    OUT = "out", "去"


class ReplyKind(models.TextChoices):
    SIGN = "sign", "签收"
    RETURN = "return", "退单"
    EXTEND = "extend", "延期"
    PROGRESS = "progress", "办理过程"
    FINISH = "finish", "办结"


class Gap(models.TextChoices):
    """What may differ between their sheet and ours."""

    NOT_HERE = "not_here", "他们有，我们没有"
    NOT_THERE = "not_there", "我们在办，他们的表里没有"
    VERSION = "version", "版本不一样"
    DUE = "due", "办结时限不一样"
    CONTENT = "content", "内容不一样"
    UNSIGNED = "unsigned", "我们受理了，他们那边还没签收"
    CLOSED_HERE = "closed_here", "我们办结了，他们那边还在办"
    CLOSED_THERE = "closed_there", "他们那边结了，我们还在办"
    UNREADABLE = "unreadable", "他们这一行读不了"


class Mapping(models.Model):
    """表样: how a city's sheet is read, or written. A version never changes; the newest counts."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField("名字", max_length=40)
    version = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=3, choices=Direction.choices)
    columns = models.JSONField(default=list, help_text="[[their heading, our field or ''], …]")
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "表样"
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "direction", "name", "version"], name="one_mapping_a_version"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="mapping_direction_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class ClassMatch(models.Model):
    """类别对照: what one class of theirs is with us; without a code it is a hole."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    system = models.CharField(max_length=40)
    words = models.CharField("他们的类别", max_length=80)
    class_code = models.CharField("我们的类别", max_length=40, blank=True, default="")
    set_by = models.BigIntegerField(null=True)
    set_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "类别对照"
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "system", "words"], name="one_class_match_a_word"
            )
        ]
        indexes = [
            models.Index(fields=["district_id", "class_code", "words"], name="class_match_holes")
        ]

    def __str__(self) -> str:
        return self.words


class Order(models.Model):
    """外来工单: one order of theirs and the report it became; its case is the report's, wherever
    that was merged. Of people it holds nothing: their words stand with the report."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    system = models.CharField("来源系统", max_length=40)
    number = models.CharField("工单编号", max_length=60)
    version = models.CharField("版本", max_length=30, blank=True, default="")
    parent_number = models.CharField("父单号", max_length=60, blank=True, default="")
    report = models.OneToOneField("cases.Report", on_delete=models.PROTECT, related_name="order")
    joined = models.BooleanField("并到已有的一件上", default=False)
    class_words = models.CharField("他们的类别", max_length=80, blank=True, default="")
    confidential = models.BooleanField("保密", default=False)
    sent_at = models.DateTimeField("派发时间", null=True)
    sign_by = models.DateTimeField("签收时限", null=True)
    due_at = models.DateTimeField("办结时限", null=True, help_text="copied, never recomputed")
    their_state = models.CharField("他们的状态", max_length=40, blank=True, default="")
    arrived_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "外来工单"
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "system", "number"], name="one_order_per_number"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="order_has_a_number"),
        ]
        indexes = [models.Index(fields=["district_id", "-id"], name="order_newest")]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"

    @property
    def came_ended(self) -> bool:
        """Whether the case had ended when the order came: a program of theirs had brought it before."""
        ended_at = self.report.case.ended_at
        return ended_at is not None and ended_at <= self.arrived_at


class Arrival(models.Model):
    """来件: one version of an order that came; which columns changed, by keyed digests alone."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="arrivals")
    number = models.PositiveIntegerField(help_text="1 for the first")
    version = models.CharField(max_length=30, blank=True, default="")
    digests = models.JSONField(default=dict, help_text="field → keyed digest of what it said")
    changed = models.JSONField(default=list, help_text="fields that said something else before")
    late = models.BooleanField("来时已办结", default=False, help_text="the case had ended")
    arrived_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "来件"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_arrival_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.number}"


class Reply(models.Model):
    """回件: one thing we say back. What was done stands in the step it is of; only what a clerk
    adds for them stands here."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=8, choices=ReplyKind.choices)
    step_id = models.BigIntegerField(null=True, help_text="of the case; None: a clerk wrote it")
    words = models.CharField("理由或补充", max_length=1000, blank=True, default="")
    unit_words = models.CharField("建议承办单位", max_length=80, blank=True, default="")
    basis = models.CharField("依据", max_length=500, blank=True, default="")
    until = models.DateTimeField("申请延到", null=True)
    key = models.CharField(max_length=80, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    written_at = models.DateTimeField("写进回件表", null=True)
    file = models.CharField("回件表编号", max_length=30, blank=True, default="")

    class Meta:
        verbose_name = "回件"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "step_id"],
                condition=Q(step_id__isnull=False),
                name="one_reply_per_step",
            ),
            models.UniqueConstraint(
                fields=["order", "key"], condition=~Q(key=""), name="one_reply_per_key"
            ),
            models.CheckConstraint(condition=Q(kind__in=ReplyKind.values), name="reply_kind_known"),
        ]
        indexes = [
            models.Index(
                fields=["district_id", "id"],
                condition=Q(written_at__isnull=True),
                name="reply_waiting",
            ),
            models.Index(fields=["file"], condition=~Q(file=""), name="reply_by_file"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class Reconciliation(models.Model):
    """对账单: their sheet beside ours at one moment."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    day = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    theirs = models.PositiveIntegerField(help_text="rows of their sheet")
    ours = models.PositiveIntegerField(help_text="orders of ours they were laid beside")

    class Meta:
        verbose_name = "对账单"
        indexes = [models.Index(fields=["district_id", "-made_at"], name="reconciliation_newest")]

    def __str__(self) -> str:
        return f"{self.day}"


class Difference(models.Model):
    """差异: one line of a reconciliation. What it says in the open is no word of a person; what their
    sheet says of a matter is sealed, and let go of after 30 days."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.CASCADE, related_name="differences"
    )
    number = models.CharField(max_length=60)
    order_id = models.BigIntegerField(null=True)
    gap = models.CharField(max_length=12, choices=Gap.choices)
    theirs = models.CharField(max_length=60, blank=True, default="")
    ours = models.CharField(max_length=60, blank=True, default="")
    row = models.PositiveIntegerField(null=True, help_text="of their sheet")
    more_rows = models.JSONField(default=list, help_text="where the same order stands once more")
    problem = models.CharField(
        max_length=300, blank=True, default="", help_text="why an import would leave the row"
    )
    said = SealedTextField(blank=True, default="", help_text="their changed columns, as JSON")

    class Meta:
        verbose_name = "差异"
        constraints = [models.CheckConstraint(condition=Q(gap__in=Gap.values), name="gap_known")]

    def __str__(self) -> str:
        return f"{self.number} {self.gap}"


class FolderFile(models.Model):
    """A sheet found in the watched folder 盯着的文件夹: read once, moved, with what came of it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField(max_length=200, help_text="as it lay there")
    digest = models.CharField(max_length=64)
    read_at = models.DateTimeField()
    batch_id = models.BigIntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True, default="")
    moved = models.BooleanField(default=False)

    class Meta:
        verbose_name = "盯着的文件夹里的表"
        constraints = [
            models.UniqueConstraint(fields=["district_id", "digest"], name="one_folder_file")
        ]
        indexes = [models.Index(fields=["district_id", "-read_at"], name="folder_file_newest")]

    def __str__(self) -> str:
        return self.name
