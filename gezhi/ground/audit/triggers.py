"""Rules the database itself keeps, whoever writes: installed after every migration.

Django rebuilds tables on SQLite and their triggers vanish with the old table, so they are not part
of a migration: they are lifted there before one, `post_migrate` installs all of them anew, and a
system check looks that they are there. Modules register their own in `AppConfig.ready`; nothing
here knows their tables.

Append-only tables, and why so:

- SQLite has no roles: triggers refuse UPDATE and DELETE, and an INSERT that would replace a row
  (`OR REPLACE` deletes whatever is unique with it, without asking the delete trigger). Whoever holds the file can drop them;
  the chains show what was done then.
- PostgreSQL has two roles. The application's may only SELECT and INSERT there (`grants.py`), which
  it cannot undo. A trigger refuses UPDATE and DELETE to the owner too, so that a slip at the psql
  prompt, or an installation that runs with one role, is stopped; the owner can lift it, knowingly.
  TRUNCATE is left to the grants: only an owner may, and the test suite empties tables with it.
"""

import re
from collections.abc import Mapping

from django.apps import apps
from django.db import connections
from django.db.models import UniqueConstraint

_ON = re.compile(r"\bTRIGGER\s+\w+\s.*?\bON\s+\"?(\w+)", re.DOTALL)
_REFUSE = """
    CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger AS $$
    BEGIN
      RAISE EXCEPTION 'append_only' USING ERRCODE = 'restrict_violation';
    END $$ LANGUAGE plpgsql;
"""

# Vendor → name of the trigger → the statements that make it.
_registered: dict[str, dict[str, str]] = {"sqlite": {}, "postgresql": {}}
_append_only: list[str] = []


def register(*, sqlite: Mapping[str, str], postgresql: Mapping[str, str]) -> None:
    """Have these triggers installed and looked for: name → statements that create it.

    Each text holds one `CREATE [OR REPLACE] TRIGGER name … ON table`, in capitals, after whatever
    functions it needs. On SQLite a trigger of the name is dropped first.
    """
    _registered["sqlite"].update(sqlite)
    _registered["postgresql"].update(postgresql)


def register_append_only(table: str) -> None:
    """Refuse every change of a written row of this table; it also loses its grants."""
    _append_only.append(table)
    refuse = "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in unique) + ")"
        for unique in _unique_columns(table)
    )
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
    register(
        sqlite={
            f"{table}_no_update": (
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
            ),
            f"{table}_no_delete": (
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
            ),
            f"{table}_no_replace": (
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}"
            ),
        },
        postgresql={
            f"{table}_append_only": f"""{_REFUSE}
                CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE
                ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()""",
        },
    )


def _unique_columns(table: str) -> list[tuple[str, ...]]:
    """The columns by which a row of the table can stand in the way of another."""
    found: list[tuple[str, ...]] = [("id",)]
    for model in (each for each in apps.get_models() if each._meta.db_table == table):
        fields = {field.name: field.column or "" for field in model._meta.local_concrete_fields}
        found += [(field.column or "",) for field in model._meta.local_fields if field.unique]
        found += [
            tuple(fields[name] for name in each.fields)
            for each in model._meta.constraints
            if isinstance(each, UniqueConstraint) and each.condition is None
        ]
    return sorted(set(found))


def append_only_tables() -> tuple[str, ...]:
    """Tables whose rows are never changed."""
    return tuple(_append_only)


def install(using: str = "default") -> None:
    """Make every registered trigger whose table exists; needs the owner's role on PostgreSQL."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, statements in _due(using).items():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(statements)


def missing(using: str = "default") -> tuple[str, ...]:
    """Registered triggers that are not there, or are switched off, though their table is."""
    return tuple(sorted(_due(using).keys() - _present(using)))


def remove(using: str = "default") -> None:
    """Drop every registered trigger: before a migration on SQLite, and between tests."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _due(using).keys() & _present(using):
            on = f" ON {_table(_registered[connection.vendor][name])}"
            cursor.execute(f"DROP TRIGGER {name}{on if connection.vendor != 'sqlite' else ''}")


def _due(using: str) -> dict[str, str]:
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    known = _registered.get(connection.vendor, {})
    return {name: text for name, text in known.items() if _table(text) in tables}


def _table(statements: str) -> str:
    found = _ON.search(statements)
    if found is None:
        raise ValueError("a trigger says CREATE TRIGGER name … ON table, in capitals")
    return found.group(1)


def _present(using: str) -> set[str]:
    connection = connections[using]
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        " AND pg_table_is_visible(c.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}
