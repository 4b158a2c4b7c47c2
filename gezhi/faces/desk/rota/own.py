"""The viewer's own duty on the first page of the desk."""

from collections.abc import Mapping, Sequence
from typing import Any

from gezhi.faces.shell.duty import own_shifts, own_swaps
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import page_queries


def own_duty(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any] | None:
    """For the first page: calls that wait, the shift of today or tomorrow, swaps to be answered; None
    where there is none of them."""
    shifts = own_shifts(viewer, days=2)[:2]
    asked = [one for one in own_swaps(viewer) if one.may_answer]
    calls = page_queries.own_calls(viewer, "case")
    if not shifts and not asked and not calls:
        return None
    return {"shifts": shifts, "asked": asked, "calls": calls}
