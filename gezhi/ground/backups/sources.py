"""Which files belong to an installation: all of its home but what is made anew or must not leave.

What a new module keeps in the home comes along without being named here.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

HOME = "home"
PACKS = "packs"
# Made anew by `gezhi prepare` or by running; lists of people that wait to be fetched for a day.
_MADE_ANEW = frozenset({"static", "run", "drill", "exports"})
_UNFINISHED = ".part"
# Told as they are. Any other may hold a secret: of those only the names are told.
_TOLD = (
    "GEZHI_MODE", "GEZHI_HOSTS", "GEZHI_ORIGINS", "GEZHI_TLS", "GEZHI_PROXY_TLS_HEADER",
    "GEZHI_HSTS", "GEZHI_PROXIES", "GEZHI_KNOWN_ADDRESSES", "GEZHI_NODE", "GEZHI_THREADS",
    "GEZHI_REQUIRE_TOTP", "GEZHI_DATABASE_ROLE", "GEZHI_BACKUP", "GEZHI_HOME", "GEZHI_KEYS",
    "GEZHI_PACKS", "GEZHI_NOTICE_PROVIDER",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be kept: its name in the set, where it lies, its bytes, when it was last changed."""

    path: str
    file: Path
    size: int
    changed: int


def all_files() -> Iterator[Source]:
    """Every file of the home and of the packs, in order of name."""
    home = Path(settings.GEZHI_HOME)
    if home.is_dir():
        for entry in sorted(os.scandir(home), key=lambda one: one.name):
            if entry.name in _MADE_ANEW or entry.name.startswith(".") or _is_apart(Path(entry)):
                continue
            yield from _below(entry, f"{HOME}/{entry.name}")
    packs = Path(settings.GEZHI_PACKS)
    if packs.is_dir():
        for entry in sorted(os.scandir(packs), key=lambda one: one.name):
            yield from _below(entry, f"{PACKS}/{entry.name}")


def _is_apart(path: Path) -> bool:
    """Whether it is the folder of the keys, or a file of the database: those go their own ways."""
    if path.resolve() == Path(settings.GEZHI_KEYS).resolve():
        return True
    if connection.vendor != "sqlite":
        return False
    database = Path(str(connection.settings_dict["NAME"]))
    return path.parent.resolve() == database.parent.resolve() and path.name.startswith(
        database.name
    )


def _below(entry: os.DirEntry[str], name: str) -> Iterator[Source]:
    """The files at or below an entry; a folder of the home may be a link to another disk."""
    if entry.name.endswith(_UNFINISHED) or "\n" in entry.name:
        return
    try:
        if entry.is_dir():
            for inner in sorted(os.scandir(entry.path), key=lambda one: one.name):
                if not (inner.is_symlink() and inner.is_dir()):
                    yield from _below(inner, f"{name}/{inner.name}")
        elif entry.is_file():
            status = entry.stat()
            yield Source(name, Path(entry.path), status.st_size, status.st_mtime_ns)
    except FileNotFoundError:
        # Cleaned away meanwhile; what the database still wants of it is looked for afterwards.
        return


def told_settings() -> dict[str, Any]:
    """What was set for this installation, for whoever sets up the next machine; no secret."""
    given = {name: os.environ[name] for name in _TOLD if os.environ.get(name)}
    others = sorted(name for name in os.environ if name.startswith("GEZHI_") and name not in _TOLD)
    return {"settings": given, "set_but_not_told": others, "database": connection.vendor}
