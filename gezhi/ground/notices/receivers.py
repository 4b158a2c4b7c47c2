"""A message that waits gets its task; here, so that actions need not know the tasks that do them."""

from datetime import datetime
from typing import Any

from gezhi.ground.notices import signals, tasks


def connect() -> None:
    """Listen for messages that wait; called once by the app."""
    signals.waiting.connect(on_waiting, dispatch_uid="notices.waiting")


def on_waiting(*, delivery_id: int, after: datetime | None, **_: Any) -> None:
    """One task row, in the transaction of whoever asked for the message."""
    tasks.deliver.using(run_after=after).enqueue(delivery_id=delivery_id)
