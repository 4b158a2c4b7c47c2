"""How many cases wait in each queue of a viewer, in the rail and on the first page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gezhi.faces.shell.addresses import address
from gezhi.faces.shell.figures import Count
from gezhi.faces.shell.parts import MenuEntry, QueueEntry
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases

ICONS = {
    "supervised": "flag",
    "accepting": "inbox",
    "verifying": "pin",
    "dispatching": "send",
    "taking": "take",
    "handling": "wrench",
    "assisting": "users",
    "called": "bell",
    "whistled": "bell",
    "spot": "camera",
    "checking": "check",
    "closing": "done",
    "callback": "phone",
    "ruling": "flag",
    "appeals": "chat",
    "approving": "edit",
    "hung": "pause",
    "overdue": "late",
    "questions": "pin",
    "inspections": "check",
    "open": "list",
    "ended": "book",
}


def queue_entries(viewer: Viewer, numbered: bool) -> Iterable[MenuEntry]:
    """The queues of a viewer for the rail, with one query for all their numbers."""
    counts = queue_counts(viewer) if numbered else {}
    for queue in cases.queues_for(viewer):
        count = counts.get(queue.name)
        yield QueueEntry(
            label=str(queue.title),
            url=address("desk:queue", queue.name),
            icon=ICONS[queue.name],
            number=count.number if count else None,
        )


def queue_counts(viewer: Viewer) -> Mapping[str, Count]:
    """How many cases each queue of the viewer holds, but the long ones; one query."""
    return {
        name: Count(number, address("desk:queue", name))
        for name, number in cases.counts(viewer).items()
    }


def own_queues(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any] | None:
    """The viewer's queues with their numbers as the rail has them, those in which nothing waits
    apart; None for who has no queue."""
    own = {address("desk:queue", queue.name) for queue in cases.queues_for(viewer)}
    queues = [entry for entry in rail if entry.url in own]
    late_url = address("desk:queue", "overdue")
    if not queues:
        return None
    resting = [entry for entry in queues if entry.number == 0]
    waiting = [entry for entry in queues if entry.number != 0]
    return {"queues": waiting, "resting": resting, "late_url": late_url}
