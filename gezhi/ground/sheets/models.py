"""A sheet on its way in 批次: what was read, row by row what became of it, what it made."""

from django.db import models

from gezhi.kernel.fields import SealedTextField
from gezhi.kernel.ids import new_id


class BatchState(models.TextChoices):
    LOOKED_AT = "looked_at", "待核对"
    STORING = "storing", "导入中"
    DONE = "done", "已导入"
    UNDOING = "undoing", "撤销中"
    UNDONE = "undone", "已撤销"


class RowState(models.TextChoices):
    WAITING = "waiting", "等待"
    STORED = "stored", "已导入"
    UNCHANGED = "unchanged", "原来就有"
    REFUSED = "refused", "要改"
    TAKEN_BACK = "taken_back", "已撤销"
    KEPT = "kept", "不能撤销"


class SheetBatch(models.Model):
    """One sheet somebody sent: looked at, stored row by row, perhaps undone.

    Of people it holds nothing open: what was read is sealed and emptied when the rows are made.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    sheet = models.CharField(max_length=30, help_text="name of the declared sheet")
    user_id = models.BigIntegerField(help_text="who sent it, and in whose name it is stored")
    undone_by = models.BigIntegerField(null=True, help_text="who asked to undo it")
    state = models.CharField(
        max_length=10, choices=BatchState.choices, default=BatchState.LOOKED_AT
    )
    read = SealedTextField(blank=True, default="", help_text="texts of the sheet, until begun")
    head = SealedTextField(
        blank=True, default="", help_text="headings as they came, where rows go back so"
    )
    match = models.JSONField(null=True, help_text="column → field, where somebody chose")
    for_all = models.JSONField(
        default=dict, help_text="field → the word chosen for all rows that say none"
    )
    version = models.PositiveSmallIntegerField(default=0, help_text="grows with each choice")
    run = models.PositiveSmallIntegerField(default=0, help_text="grows with each task asked for")
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="when the last row was done")
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, help_text="rows by state, when it was finished")

    class Meta:
        verbose_name = "批次"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=BatchState.values), name="batch_state_known"
            )
        ]
        indexes = [
            models.Index(fields=["district_id", "sheet", "-created_at"], name="batch_by_sheet"),
            models.Index(fields=["state", "moved_at"], name="batch_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.pk}"


class SheetRow(models.Model):
    """One row of a batch that was begun; kept for 30 days, so that it can be undone or mended."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(SheetBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="as the sheet shows it")
    state = models.CharField(max_length=10, choices=RowState.choices, default=RowState.WAITING)
    content = SealedTextField(blank=True, default="", help_text="texts and problems by field")
    made = models.JSONField(default=list, help_text="kinds and ids, never words")

    class Meta:
        verbose_name = "批次的行"
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number"),
            models.CheckConstraint(
                condition=models.Q(state__in=RowState.values), name="sheet_row_state_known"
            ),
        ]
        indexes = [models.Index(fields=["batch", "state", "number"], name="sheet_row_by_state")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class OutgoingState(models.TextChoices):
    WAITING = "waiting", "正在准备"
    READY = "ready", "可以下载"
    FAILED = "failed", "没有做成"


class OutgoingSheet(models.Model):
    """A list too long to be written before the answer: asked for by one person, theirs alone."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    user_id = models.BigIntegerField(help_text="who asked, in whose name and by whose rights")
    source = models.CharField(max_length=40, help_text="name of the declared list")
    asked = SealedTextField(blank=True, default="", help_text="what it is narrowed by")
    name = models.CharField(max_length=40, help_text="the title of the list")
    state = models.CharField(
        max_length=10, choices=OutgoingState.choices, default=OutgoingState.WAITING
    )
    rows = models.PositiveIntegerField(default=0, help_text="written so far, then in all")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "导出的表"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=OutgoingState.values), name="outgoing_state_known"
            )
        ]
        indexes = [
            models.Index(fields=["user_id", "-asked_at"], name="outgoing_by_user"),
            models.Index(fields=["asked_at"], name="outgoing_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"
