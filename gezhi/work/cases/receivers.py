"""What cases hear of codes: one keyed task row and nothing else."""

from typing import Any

from gezhi.ground.codes import signals
from gezhi.ground.jobs import actions as jobs
from gezhi.work.cases import tasks


def connect() -> None:
    """Listen for calendars put in force; called once by the app."""
    signals.pack_imported.connect(on_pack_in_force, dispatch_uid="cases.pack_in_force")


def on_pack_in_force(*, name: str, enactment_id: int, **_: Any) -> None:
    """Due times reckoned on days nobody had announced are reckoned anew, now and not at night."""
    if name == "calendar":
        jobs.enqueue(tasks.recompute_provisional, key=f"cases.recompute:{enactment_id}")
