"""What turns red first of what a viewer does themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

from gezhi.faces.desk.queues.lines import lines
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import desk


def soonest(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any] | None:
    """The lines for the first page; None for whoever only looks on."""
    if not any(queue.own for queue in cases.queues_for(viewer)):
        return None
    return {"lines": lines(desk.soonest(viewer))}
