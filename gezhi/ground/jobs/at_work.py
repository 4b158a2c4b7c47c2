"""Who is at work on this home: the programs that serve it, or one upgrade or restore, never both.

Programs hold a lock together, an upgrade and a restore hold it alone; the kernel lets go of it when a
process ends, however it ends. The lock is of this machine: programs elsewhere that share a
PostgreSQL show by their pulse (`beat`).
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_LOCK, _NOTE = "at-work.lock", "serving.json"


class Busy(RuntimeError):
    """Somebody else is at work here."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Where `gezhi serve` listens, as it said itself when it began."""

    host: str
    port: int
    tls: bool = False


def folder_of(home: Path) -> Path:
    """Where the lock and the note of a home lie: nothing anybody keeps."""
    return home / "run"


@contextmanager
def together(home: Path) -> Iterator[None]:
    """Be one of the programs at work; Busy while an upgrade or a restore is. Nothing where the home takes no
    file: whoever serves will find that out, and say it better."""
    handle = _open(home)
    try:
        if handle is not None:
            _lock(handle, fcntl.LOCK_SH)
        yield
    finally:
        if handle is not None:
            os.close(handle)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Be the only one at work; Busy while a program serves, or another upgrade or restore runs."""
    handle = _open(home)
    if handle is None:
        raise Busy("the home takes no file")
    try:
        _lock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_busy(home: Path) -> bool:
    """Whether somebody is at work now; a home where nobody ever was is left as it is."""
    if not (folder_of(home) / _LOCK).exists():
        return False
    try:
        with alone(home):
            return False
    except Busy:
        return True


def note(home: Path, serving: Serving) -> None:
    """Say where this home is served; read by the doctor."""
    folder = folder_of(home)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{_NOTE}.{os.getpid()}"
        part.write_text(json.dumps(asdict(serving)), encoding="utf-8")
        part.replace(folder / _NOTE)


def noted(home: Path) -> Serving | None:
    """Where it was served last; None when it never was, or the note cannot be read."""
    try:
        return Serving(**json.loads((folder_of(home) / _NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _open(home: Path) -> int | None:
    folder = folder_of(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None


def _lock(handle: int, kind: int) -> None:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Busy("somebody else is at work") from error
