"""What the queue looks like: for the health page and for whoever tends failed tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from gezhi.ground.jobs import marks
from gezhi.ground.jobs.models import Pulse, Stuck, Task, TaskState
from gezhi.ground.jobs.rules import UNEXPECTED, may_tend
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class FailedTask:
    """A task that gave up; `error` is class and place, `path` the deed it should have done."""

    id: int
    path: str
    error: str
    attempts: int
    enqueued_at: datetime
    finished_at: datetime | None
    owner_role: str


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A row a loop went past: which loop, what, the refusal in words, since when and how often.

    `unforeseen` means that no refusal was made: `words` is then the class and place of an error.
    """

    loop: str
    subject_kind: str
    subject: str
    words: str
    unforeseen: bool
    since: datetime
    last_at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class QueueState:
    """Counts of the queue now; `oldest_due` is the moment the longest-waiting due task was due."""

    due: int
    later: int
    running: int
    failed: int
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class PulseRow:
    """A worker or beat: on which machine, as which process, since when (None of those that began
    before that was noted), last alive when; `late` after half a minute of silence."""

    kind: str
    machine: str
    process: str
    begun_at: datetime | None
    seen_at: datetime
    late: bool


def failed_tasks(viewer: Viewer, *, limit: int = 50) -> list[FailedTask]:
    """The newest failed tasks this viewer may tend: those of their roles, or all."""
    rows = _failed(viewer).order_by("-id")
    return [
        FailedTask(
            id=row.pk,
            path=row.path,
            error=row.error,
            attempts=row.attempts,
            enqueued_at=row.enqueued_at,
            finished_at=row.finished_at,
            owner_role=row.owner_role,
        )
        for row in rows[:limit]
    ]


def _failed(viewer: Viewer) -> QuerySet[Task]:
    rows = Task.objects.filter(state=TaskState.FAILED)
    if may_tend(viewer, ""):
        return rows
    return rows.filter(owner_role__in=[role.value for role in viewer.roles])


def stuck(viewer: Viewer, *, limit: int = 100) -> list[StuckRow]:
    """What loops went past, the newest refusal first, in the viewer's district or in none; empty
    for whoever does not tend tasks."""
    rows = _stuck(viewer).order_by("-last_at", "-id")[:limit]
    return [
        StuckRow(
            loop=row.loop,
            subject_kind=row.subject_kind,
            subject=row.subject,
            words=row.words,
            unforeseen=row.code == UNEXPECTED,
            since=row.since,
            last_at=row.last_at,
            times=row.times,
        )
        for row in rows
    ]


def undone_count(viewer: Viewer) -> int:
    """How many tasks failed, and rows are stuck, that this viewer may tend."""
    return _failed(viewer).values("pk").union(_stuck(viewer).values("pk"), all=True).count()


def _stuck(viewer: Viewer) -> QuerySet[Stuck]:
    if not may_tend(viewer, ""):
        return Stuck.objects.none()
    if viewer.district_id is None:
        return Stuck.objects.all()
    return Stuck.objects.filter(Q(district_id=None) | Q(district_id=viewer.district_id))


def queue_state(viewer: Viewer) -> QueueState:
    """How many tasks wait, run and failed; numbers only, so any viewer may ask."""
    now = clock.now()
    waiting = Q(state=TaskState.WAITING)
    due = waiting & Q(run_after__lte=now)
    counts = Task.objects.filter(
        state__in=[TaskState.WAITING, TaskState.RUNNING, TaskState.FAILED]
    ).aggregate(
        due=Count("id", filter=due),
        later=Count("id", filter=waiting & Q(run_after__gt=now)),
        running=Count("id", filter=Q(state=TaskState.RUNNING)),
        failed=Count("id", filter=Q(state=TaskState.FAILED)),
        oldest_due=Min("run_after", filter=due),
    )
    return QueueState(**counts)


def pulses(viewer: Viewer) -> list[PulseRow]:
    """Workers and beats by name, with those that fell silent marked; process names only."""
    silent = clock.now() - timedelta(seconds=30)
    return [
        PulseRow(
            kind=row.kind,
            machine=marks.machine_of(row.name),
            process=marks.process_of(row.name),
            begun_at=row.begun_at,
            seen_at=row.seen_at,
            late=row.seen_at < silent,
        )
        for row in Pulse.objects.order_by("kind", "name")
    ]
