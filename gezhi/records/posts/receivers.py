"""What rotas hear of codes: one keyed task row and nothing else."""

from typing import Any

from gezhi.ground.codes import signals
from gezhi.ground.jobs import actions as jobs
from gezhi.records.posts import tasks


def connect() -> None:
    """Listen for calendars put in force; called once by the app."""
    signals.pack_imported.connect(on_pack_in_force, dispatch_uid="posts.pack_in_force")


def on_pack_in_force(*, name: str, enactment_id: int, **_: Any) -> None:
    """Days off and make-up days that were not known before move coming shifts."""
    if name == "calendar":
        jobs.enqueue(tasks.write_ahead, key=f"posts.write_ahead:{enactment_id}")
