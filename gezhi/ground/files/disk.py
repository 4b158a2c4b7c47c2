"""Where the bytes lie: `MEDIA_ROOT/yyyy/mm/dd/id.jpg`, written whole or not at all."""

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.conf import settings

from gezhi.kernel import clock

Size = Literal["photo", "thumbnail"]
_ENDING: dict[Size, str] = {"photo": ".jpg", "thumbnail": ".small.jpg"}


def path_of(file_id: int, stored_at: datetime, size: Size) -> Path:
    """Path of a stored file; day folders by the date in China keep each folder small."""
    day = clock.local(stored_at).strftime("%Y/%m/%d")
    return Path(settings.MEDIA_ROOT) / day / f"{file_id}{_ENDING[size]}"


def write(path: Path, content: bytes) -> None:
    """Put the bytes on disk so that a crash at any moment leaves the whole file or none; one that
    found no room gives back what it took."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def stored() -> Iterator[tuple[Path, int | None]]:
    """Every file under MEDIA_ROOT with the id its name tells; None for an unfinished one."""
    for path in Path(settings.MEDIA_ROOT).glob("[0-9]*/[0-9]*/[0-9]*/*"):
        name = path.name.partition(".")[0]
        yield path, int(name) if name.isdecimal() else None
