"""What a database holds, as numbers that can be compared: rows of each table, ends of all chains.

Asked in plain SQL, of a copy that no model is connected to as well as of the database in use. It
knows tables, never what stands in them, so that no new module changes it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gezhi.ground.audit.models import Head, KeyMark
from gezhi.ground.files import disk
from gezhi.ground.files.models import File
from gezhi.kernel import secrets

Ask = Callable[[str], Sequence[Sequence[Any]]]
_AT_ONCE = 5000
_HEADS = Head._meta.db_table
_MARKS = KeyMark._meta.db_table
_PHOTOS = File._meta.db_table
# Whoever holds a session is let in: no backup holds one. Everybody logs in again after a restore.
LEFT_OUT = "django_session"


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows by table, the ends of all chains, the migrations it has had, the keys it was sealed with."""

    tables: dict[str, int]
    heads: dict[str, Any]
    migrations: list[str]
    keys: list[str]


def taken(ask: Ask, tables: Sequence[str]) -> Contents:
    """Count and sum up a database through `ask`, which answers the rows of one statement."""
    marks = ask(f"SELECT name, key_id FROM {_MARKS} WHERE given_up_at IS NULL")
    return Contents(
        tables={
            name: 0 if name == LEFT_OUT else ask(f'SELECT COUNT(*) FROM "{name}"')[0][0]
            for name in sorted(tables)
        },
        heads=_heads(ask),
        migrations=sorted(
            f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations")
        ),
        keys=sorted(f"{name}.{key_id}" for name, key_id in marks),
    )


def _heads(ask: Ask) -> dict[str, Any]:
    """How many chains of each kind there are, and one digest over where each ends."""
    running, kinds = secrets.running_digest(), dict[str, int]()
    columns = "id, subject_kind, subject_id, length, digest, rows, seal"
    for row in _in_order(ask, _HEADS, columns):
        kinds[row[1]] = kinds.get(row[1], 0) + 1
        running.update("|".join(map(str, row)).encode())
    return {"kinds": kinds, "digest": running.digest().hex()}


def photos(ask: Ask) -> Iterator[tuple[str, str]]:
    """Every photo that is registered and not removed: the name of its file, and its digest."""
    for row in _in_order(ask, _PHOTOS, "id, stored_at, digest, removed_at"):
        if row[3] is None:
            path = disk.path_of(row[0], _moment(row[1]), "photo")
            yield "/".join(path.parts[-4:]), row[2]


def _moment(value: Any) -> datetime:
    """A moment as the database gives it: SQLite's as text, in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_order(ask: Ask, table: str, columns: str) -> Iterator[Sequence[Any]]:
    """All rows by id, some thousands a statement."""
    after = -1
    while part := ask(
        f"SELECT {columns} FROM {table} WHERE id > {int(after)} ORDER BY id LIMIT {_AT_ONCE}"
    ):
        yield from part
        after = part[-1][0]


def difference(before: Contents, after: Contents) -> str:
    """The first thing that is not the same, as `table 12 → 11`; "" when nothing is."""
    for name in sorted(before.tables.keys() | after.tables.keys()):
        was, now = before.tables.get(name, 0), after.tables.get(name, 0)
        if was != now:
            return f"{name} {was} → {now}"
    if before.heads != after.heads:
        return f"{_HEADS} {before.heads['digest'][:16]} → {after.heads['digest'][:16]}"
    return ""
