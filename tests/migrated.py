"""The empty test database, migrated once for all processes and runs that have the same migrations.

To play every migration takes half a minute of a processor; a copy of what they led to takes none.
`migrate` is called on the copy all the same, so what is installed after every migration (triggers)
is what the code says now. SQLite only: PostgreSQL has its own copy to make and is asked seldom.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.db.backends.sqlite3.creation import DatabaseCreation

import gezhi


@contextmanager
def copied(folder: Path) -> Iterator[None]:
    """Let a test database begin as the copy kept in `folder`, and keep one where there is none."""
    kept = folder / f"{_digest()}.sqlite3"
    # Django's private hook, the one place between "a fresh file" and "migrate", has no stub.
    make: Any = vars(DatabaseCreation)["_create_test_db"]
    create = DatabaseCreation.create_test_db

    def begun(self: Any, *options: Any, **named: Any) -> Any:
        name = make(self, *options, **named)
        if kept.exists():
            shutil.copyfile(kept, name)
        return name

    def created(self: Any, *options: Any, **named: Any) -> Any:
        name = create(self, *options, **named)
        if not kept.exists():
            _keep(name, kept)
        return name

    with (
        mock.patch.object(DatabaseCreation, "_create_test_db", begun),
        mock.patch.object(DatabaseCreation, "create_test_db", created),
    ):
        yield


def _keep(name: str, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    for older in kept.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    # Whole or not at all: another process may look for it, or make it as well.
    part = kept.with_suffix(f".{os.getpid()}")
    connection = sqlite3.connect(name)
    try:
        connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        connection.close()
    part.replace(kept)


def _digest() -> str:
    """Changes with every migration, and with Django, whose own migrations are played as well."""
    found = hashlib.sha256(django.__version__.encode())
    for path in sorted(Path(gezhi.__file__).parent.glob("**/migrations/*.py")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]
