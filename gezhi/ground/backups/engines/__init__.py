"""The two databases, each copied by its own online copy and put back by its own means."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from django.db import connection

from gezhi.ground.backups.contents import Contents

Progress = Callable[[str, int, int], None]
Copied = tuple[Contents, dict[str, str]]


class Engine(Protocol):
    """What a backup asks of a database."""

    def server(self) -> str:
        """Which version of it runs."""
        ...

    def size(self) -> int:
        """About how many bytes a copy will take."""
        ...

    def copy(self, target: Path, progress: Progress) -> Copied:
        """Copy it while others write, as it stood at one moment; what the copy holds, and the
        photos registered in it, by name, with their digests."""
        ...

    def refuse_to_restore(self) -> None:
        """Invalid unless a copy can be put where this installation's database belongs: it must be
        empty."""
        ...

    def restore(self, source: Path) -> None:
        """Put a copy in its place; at once or not at all."""
        ...

    def replace(self, source: Path) -> None:
        """Put a copy in the place of a database that is there; nobody else may be using it."""
        ...

    def contents(self) -> Contents:
        """What the database in its place holds now."""
        ...


def in_use() -> Engine:
    """The engine of this installation's database."""
    if connection.vendor == "postgresql":
        from gezhi.ground.backups.engines.postgresql import Postgresql

        return Postgresql()
    from gezhi.ground.backups.engines.sqlite import Sqlite

    return Sqlite()
