"""Row ids made in the application: 63 bits, ordered by time, unique without asking a server.

Layout, high to low: 41 bits milliseconds since 2024-01-01 UTC (good to 2093), 3 bits node
(`GEZHI_NODE`, one per machine), 10 bits process, 9 bits counter.
"""

import os
import threading
import time

EPOCH_MILLISECONDS = 1_704_067_200_000
_NODE = int(os.environ.get("GEZHI_NODE", "0")) & 0b111

# The largest id a column holds.
LARGEST = 2**63 - 1

_lock = threading.Lock()
_last = 0
_counter = 0


def new_id() -> int:
    """A fresh id, greater than every id this process made before.

    Two processes of one machine never share their ten bits unless their process ids differ by a
    multiple of 1024; the primary key refuses the row then, and the deed key lets it be retried.
    """
    global _last, _counter
    with _lock:
        moment = max(int(time.time() * 1000) - EPOCH_MILLISECONDS, _last)
        if moment == _last:
            _counter += 1
            if _counter > 0x1FF:
                # 512 ids in one millisecond: borrow the next one rather than wait for it.
                moment += 1
                _counter = 0
        else:
            _counter = 0
        _last = moment
        return moment << 22 | _NODE << 19 | (os.getpid() & 0x3FF) << 9 | _counter


def milliseconds_of(row_id: int) -> int:
    """Unix milliseconds at which the id was made."""
    return (row_id >> 22) + EPOCH_MILLISECONDS


def typed_id(text: object) -> int | None:
    """The row id that somebody's text stands for; None for what no row can have.

    Plain digits from 1 to 2⁶³-1 only: a database refuses larger ones with an error of its own.
    """
    digits = str(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        return None
    number = int(digits)
    return number if 0 < number <= LARGEST else None
