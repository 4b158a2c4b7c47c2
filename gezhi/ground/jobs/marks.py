"""Proof that a worker of this machine is dead: the kernel lets go of its lock when it dies.

A lease says only that a worker was alive lately. The lock says at once that it is not, so a task
of a killed worker is taken up in seconds and not after its lease. Where there is no mark (another
machine's worker, a lost folder) the lease decides alone.
"""

import fcntl
import os
import secrets
import socket
from pathlib import Path

from django.conf import settings


def _folder() -> Path:
    return Path(settings.GEZHI_HOME) / "run"


def _path(worker: str) -> Path:
    return _folder() / f"worker-{worker.rpartition(':')[2]}.lock"


def new_name() -> str:
    """A name no other process has: machine, process id and a random word."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(8)}"


def machine_of(name: str) -> str:
    """The machine a process named like this runs on; a beat has its kind before it."""
    return name.removeprefix("beat:").partition(":")[0]


def process_of(name: str) -> str:
    """The process id in such a name; "" where there is none."""
    plain = name.removeprefix("beat:").split(":")
    return plain[1] if len(plain) > 1 and plain[1].isdigit() else ""


class Mark:
    """The lock of one worker, held until it is put down or its process ends."""

    def __init__(self, worker: str) -> None:
        self._file = _path(worker)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def put_down(self) -> None:
        """The worker ends in good order and holds no task."""
        self._file.unlink(missing_ok=True)
        os.close(self._handle)


def is_dead(worker: str) -> bool:
    """Whether the worker certainly does not run any more; False when there is no way to know."""
    try:
        handle = os.open(_path(worker), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def forget(worker: str) -> None:
    """Remove the mark of a worker whose tasks were taken back."""
    _path(worker).unlink(missing_ok=True)


def sweep() -> None:
    """Remove the marks of workers that died without holding a task."""
    for path in _folder().glob("worker-*.lock"):
        if is_dead(f":{path.stem.removeprefix('worker-')}"):
            path.unlink(missing_ok=True)
