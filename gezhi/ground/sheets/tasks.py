"""Rows stored and taken back after the answer, and what is kept too long."""

from collections.abc import Callable

from django_tasks import task
from django_tasks.base import Task

from gezhi.ground.jobs import actions as jobs
from gezhi.ground.sheets import keeping, outgoing, storing, undoing
from gezhi.ground.sheets.models import BatchState, OutgoingSheet, SheetBatch

# What one run does; the next asks for itself, so that no run is long and all see the work between.
_ROWS = 500


@task
def store(*, batch_id: int) -> int:
    """Go on storing a batch; safe to run again, each row is stored once. How many rows are left."""
    return _some(batch_id, storing.store_rows)


@task
def take_back(*, batch_id: int) -> int:
    """Go on undoing a batch; safe to run again. How many rows are left."""
    return _some(batch_id, undoing.take_back_rows)


@task
def prune() -> int:
    """Let go of sheets nobody began within a day, and of rows 30 days after they ended; daily."""
    return keeping.forget_old() + outgoing.forget_old()


@task
def write_out(*, outgoing_id: int) -> int:
    """Write a long list into its file; safe to run again. How many rows it has."""
    return outgoing.write(outgoing_id)


def ask_out(row: OutgoingSheet) -> None:
    """Ask for the file of a long list, in the caller's transaction."""
    jobs.enqueue(write_out, key=f"sheets.write_out:{row.pk}", outgoing_id=row.pk)


_OF: dict[str, Task[..., int]] = {
    BatchState.STORING.value: store,
    BatchState.UNDOING.value: take_back,
}


def ask(batch: SheetBatch) -> None:
    """Ask for a run over what waits of a batch, in the caller's transaction, which has locked it."""
    batch.run += 1
    batch.save(update_fields=["run"])
    key = f"sheets.{batch.state}:{batch.pk}:{batch.run}"
    jobs.enqueue(_OF[batch.state], key=key, batch_id=batch.pk)


def _some(batch_id: int, work: Callable[[int, int], int]) -> int:
    left = work(batch_id, _ROWS)
    if left:
        with keeping.locked(batch_id) as batch:
            if batch.state in _OF:
                ask(batch)
    return left
