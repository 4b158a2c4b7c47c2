"""Dry runs of many cases after the answer, and what is kept too long."""

from datetime import timedelta

from django_tasks import task

from gezhi.ground.jobs import actions as jobs
from gezhi.kernel import clock
from gezhi.work.dry_runs import reckoning
from gezhi.work.dry_runs.models import DryRun

KEPT = timedelta(days=7)


@task
def reckon(*, dry_run_id: int) -> int:
    """Reckon a dry run; safe to run again, it begins anew. How many cases it went over."""
    return reckoning.reckon(dry_run_id)


@task
def prune() -> int:
    """Let go of dry runs of seven days ago, case by case too; daily. How many rows went."""
    old = DryRun.objects.filter(begun_at__lt=clock.now() - KEPT)
    return old.delete()[0]


def ask(row: DryRun) -> None:
    """Ask for a run, in the caller's transaction."""
    row.run += 1
    row.save(update_fields=["run"])
    jobs.enqueue(reckon, key=f"dry_runs.reckon:{row.pk}:{row.run}", dry_run_id=row.pk)
