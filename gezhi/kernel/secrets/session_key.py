"""The key of sessions and signed addresses: made once, kept with the other keys."""

import secrets
from pathlib import Path

NAME = "django.key"


def read(folder: Path) -> str:
    """The key in the keys folder; "" when there is none."""
    path = folder / NAME
    return path.read_text().strip() if path.exists() else ""


def make(folder: Path) -> str:
    """Make the key unless there is one already, readable by its owner only; returns it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with (folder / NAME).open("x") as file:
            (folder / NAME).chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return read(folder)
