"""The one clock of the house: tests and the demo move it, everything else reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Nothing of a street was kept in this system before it: a page is asked for no earlier day.
EARLIEST = date(2000, 1, 1)

# How far the clock of this installation stands behind the world's; only a demo's does.
_behind = timedelta(0)
_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; or the moment set by `moved_to`."""
    moved = _moved.get()
    return moved if moved is not None else datetime.now(UTC) - _behind  # noqa: TID251 - the one clock


def set_back(amount: timedelta) -> None:
    """Let this process live so long ago, for a demo whose messages end in another year; it goes on
    from there. Refuses (ValueError) to look ahead."""
    global _behind
    if amount < timedelta(0):
        raise ValueError("a clock is set back, never forward")
    _behind = amount


def local(moment: datetime) -> datetime:
    """The same moment on the wall clock of China (Asia/Shanghai)."""
    return moment.astimezone(SHANGHAI)


def today() -> date:
    """Today's date in China."""
    return local(now()).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` inside the block; refuses a naive moment (ValueError)."""
    if moment.tzinfo is None:
        raise ValueError("the clock is moved to an aware moment only")
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def advance(amount: timedelta) -> None:
    """Move an already moved clock on by `amount`; refuses (RuntimeError) when it is not moved."""
    moved = _moved.get()
    if moved is None:
        raise RuntimeError("only a moved clock can be advanced")
    _moved.set(moved + amount)
