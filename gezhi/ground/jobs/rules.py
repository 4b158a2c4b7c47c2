"""How long to wait, what a failure may say, and who looks after one; pure."""

import random
from types import TracebackType

from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer

# The code of what no refusal foresaw.
UNEXPECTED = "unexpected"
TRIES = 5
LEASE_SECONDS = 60
RENEW_SECONDS = 20
_FIRST_DELAY = 10.0
_GROWTH = 6.0


def delay_after(attempts: int, chance: float | None = None) -> float:
    """Seconds until the next try after so many: about 10, 60, 360, 2160 with half of it by chance.

    The four waits together outlast a provider that is gone for half an hour. `chance` in [0, 1)
    is for tests.
    """
    longest = _FIRST_DELAY * _GROWTH ** (attempts - 1)
    # Chance only spreads tries out; nobody gains by guessing it.
    share = random.random() if chance is None else chance  # noqa: S311 - spreads load, guards nothing
    return longest * (0.5 + 0.5 * share)


def delay_after_loss(attempts: int) -> float:
    """Seconds until the next try when the worker or the database went away: not the task's fault,
    but a task that takes its worker down each time must not stand first in the queue again."""
    return 2.0 * attempts


def place_of(error: BaseException) -> str:
    """`package.Class at module:line` of the innermost line of ours; never a message, which may
    hold what a person wrote."""
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__} at {_line_of(error.__traceback__)}"[:500]


def _line_of(trace: TracebackType | None) -> str:
    ours = innermost = ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "?"))
        innermost = f"{module}:{trace.tb_lineno}"
        if module.startswith("gezhi."):
            ours = innermost
        trace = trace.tb_next
    return ours or innermost or "?"


def may_tend(viewer: Viewer, owner_role: str) -> bool:
    """The role the row names, the system administrator, or a command on the machine itself."""
    return (
        viewer.is_system
        or viewer.may(Right.TEND_TASKS)
        or any(role.value == owner_role for role in viewer.roles)
    )
