"""The key of sessions and signed addresses: made once, kept with the other keys."""

import os
import secrets
from pathlib import Path

NAME = "django.key"


def read(folder: Path) -> str:
    """The key in the keys folder; "" when there is none that can be read."""
    try:
        return (folder / NAME).read_text().strip()
    except OSError:
        return ""


def make(folder: Path) -> str:
    """Make the key unless there is one already, readable by its owner only; returns it.

    "" when the folder cannot be written: settings are read by commands that say so better.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    except OSError:
        pass
    return read(folder)


def make_beside(folder: Path) -> str:
    """`make` in a folder that holds other keys; else a key of this process alone, written nowhere.

    Whether a folder without keys may get new ones is decided by `gezhi prepare`, which knows the
    data: settings are read before it has looked.
    """
    try:
        others = any(path.name != NAME for path in folder.iterdir())
    except OSError:
        others = False
    return make(folder) if others else read(folder) or secrets.token_urlsafe(48)
