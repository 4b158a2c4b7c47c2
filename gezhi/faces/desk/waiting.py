"""How many cases wait in each queue of a viewer: reckoned once for the page and its rail."""

from collections.abc import Iterable

from django.urls import reverse

from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases

ICONS = {
    "accepting": "inbox",
    "verifying": "pin",
    "dispatching": "send",
    "taking": "take",
    "handling": "wrench",
    "spot": "camera",
    "checking": "check",
    "closing": "done",
    "callback": "phone",
    "overdue": "late",
    "questions": "pin",
    "inspections": "check",
    "open": "list",
    "ended": "book",
}


def waiting(viewer: Viewer) -> dict[str, int]:
    """The length of each queue by name; the long ones that nobody works off are not counted."""
    return cases.counts(viewer)


def queue_entries(viewer: Viewer) -> Iterable[MenuEntry]:
    """The queues of a viewer for the rail, with one query for all their numbers."""
    numbers = waiting(viewer)
    for queue in cases.queues_for(viewer):
        yield MenuEntry(
            label=str(queue.title),
            url=reverse("desk:queue", args=[queue.name]),
            icon=ICONS[queue.name],
            number=numbers.get(queue.name) if queue.name != "open" else None,
        )
