"""Tasks written in the same transaction as the change that needs them (design §4.8)."""

from django.db import models

from gezhi.kernel.ids import new_id


class TaskState(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "执行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"
    ABANDONED = "abandoned", "放弃"


class Task(models.Model):
    """One piece of work to be done once; `key` makes a second request for it a no-op."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=120, unique=True, null=True)
    path = models.CharField(max_length=120, help_text="import path of the task function")
    arguments = models.JSONField(default=dict, help_text="ids only, never a person's data")
    queue = models.CharField(max_length=20, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.WAITING)
    run_after = models.DateTimeField()
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, help_text="class and place, no values")
    owner_role = models.CharField(
        max_length=30, default="system_administrator", help_text="who looks after it when it fails"
    )
    result = models.JSONField(null=True)

    class Meta:
        verbose_name = "任务"
        indexes = [
            models.Index(
                fields=["queue", "-priority", "run_after", "id"],
                condition=models.Q(state="waiting"),
                name="task_next",
            ),
            models.Index(
                fields=["lease_until"], condition=models.Q(state="running"), name="task_leases"
            ),
            models.Index(fields=["state", "id"], name="task_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=TaskState.values), name="task_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="running") | models.Q(lease_until__isnull=False),
                name="task_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.pk}"


class Slot(models.Model):
    """One due moment of one timed task; unique, so that two beats enqueue it once."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    schedule = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    task_id = models.BigIntegerField(null=True, help_text="what it enqueued; pruned tasks go first")

    class Meta:
        verbose_name = "定时"
        constraints = [
            models.UniqueConstraint(fields=["schedule", "due_at"], name="one_slot_per_moment")
        ]

    def __str__(self) -> str:
        return f"{self.schedule}@{self.due_at.isoformat()}"


class Stuck(models.Model):
    """One row of a loop that was refused, for an operator to see; gone when it succeeds."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    loop = models.CharField(max_length=60, help_text="which loop went past it")
    subject_kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=80, help_text="a number or code, never words of people")
    code = models.CharField(max_length=40, help_text="of the refusal, for programs")
    words = models.CharField(max_length=300, help_text="of the refusal; else class and place")
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "卡住的事"
        constraints = [
            models.UniqueConstraint(
                fields=["loop", "subject_kind", "subject"], name="one_stuck_row_per_subject"
            )
        ]
        indexes = [models.Index(fields=["-last_at"], name="stuck_by_last")]

    def __str__(self) -> str:
        return f"{self.loop} {self.subject_kind} {self.subject}"


class Pulse(models.Model):
    """The last sign of life of a worker or beat, for the health page."""

    name = models.CharField(max_length=60, primary_key=True)
    kind = models.CharField(max_length=10)
    begun_at = models.DateTimeField(null=True, help_text="its first sign of life")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "心跳"

    def __str__(self) -> str:
        return self.name
