"""The viewer's own shifts and swaps, on the page of the rota and on the first page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gezhi.faces.desk.rota.spoken import shift_words
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import page_queries
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts import swap_queries as swaps
from gezhi.records.posts.rota_queries import ShiftLine
from gezhi.records.posts.swap_queries import SwapLine


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One of the viewer's shifts: when in words, whether it runs now or may be swapped."""

    shift: ShiftLine
    words: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class ShownSwap:
    """A swap in words, with what the viewer can do to it."""

    swap: SwapLine
    gives: str
    gets: str
    may_answer: bool
    may_withdraw: bool


def own_shifts(viewer: Viewer, *, days: int = 42) -> list[OwnShift]:
    """The viewer's shifts that run or come."""
    now = clock.now()
    return [
        OwnShift(line, shift_words(line.from_at, line.to_at), line.runs_at(now))
        for line in queries.own_shifts(viewer, days=days)
    ]


def own_swaps(viewer: Viewer) -> list[ShownSwap]:
    """Swaps that wait for the viewer or for another, and those just settled."""
    found = []
    for swap in swaps.own_swaps(viewer):
        waits = swap.state == "asked"
        gets = ""
        if swap.other_from_at is not None and swap.other_to_at is not None:
            gets = shift_words(swap.other_from_at, swap.other_to_at)
        found.append(
            ShownSwap(
                swap=swap,
                gives=shift_words(swap.from_at, swap.to_at),
                gets=gets,
                may_answer=waits and swap.asked_of_id == viewer.user_id,
                may_withdraw=waits and swap.asked_by_id == viewer.user_id,
            )
        )
    return found


def own_duty(viewer: Viewer, rail: Sequence[MenuEntry]) -> Mapping[str, Any] | None:
    """For the first page: calls that wait, the shift of today or tomorrow, swaps to be answered; None
    where there is none of them."""
    shifts = own_shifts(viewer, days=2)[:2]
    asked = [one for one in own_swaps(viewer) if one.may_answer]
    calls = page_queries.own_calls(viewer)
    if not shifts and not asked and not calls:
        return None
    return {"shifts": shifts, "asked": asked, "calls": calls}
