"""Whom to call next about an urgent thing; pure.

Those on duty in the unit that has it, then the street's duty chiefs, then the leaders. A level where
nobody is says so once, and the call goes on to the next.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody to be called at a level, or nobody (`user_id` None)."""

    level: str
    unit_id: int
    user_id: int | None


def line_up(levels: Iterable[tuple[str, int, Iterable[int]]]) -> list[Callee]:
    """Everybody to be called in order, each once: of each level (its name, its unit) its people."""
    found: list[Callee] = []
    seen: set[int] = set()
    for level, unit_id, users in levels:
        people = list(dict.fromkeys(users))
        if not people:
            found.append(Callee(level, unit_id, None))
        for user_id in people:
            if user_id not in seen:
                found.append(Callee(level, unit_id, user_id))
                seen.add(user_id)
    return found


def after(called: Collection[Callee], line: Iterable[Callee]) -> list[Callee]:
    """Whom to write down now: whoever is next, and before them each level where nobody is.

    `called` are those called already in this round. Empty at the end of the line.
    """
    users = {one.user_id for one in called if one.user_id is not None}
    empty = {one.level for one in called if one.user_id is None}
    found: list[Callee] = []
    for one in line:
        if one.user_id is None:
            if one.level not in empty:
                found.append(one)
        elif one.user_id not in users:
            found.append(one)
            break
    return found


def is_silent(called_at: datetime, now: datetime, minutes: float) -> bool:
    """Whether somebody had the time to answer and did not."""
    return now >= called_at + timedelta(minutes=minutes)
